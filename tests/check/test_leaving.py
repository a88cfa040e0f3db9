"""The scripts of pages that do nothing but leave, and those that only may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagsources.check.leaving import leaving


@pytest.mark.parametrize(
    "code",
    [
        'location.href="/x"',
        "window.location = '/x';",
        'window.top.location.replace("/x")',
        'document.location.assign("/x")',
        'onload=function(){window.location.href="/x"}',
        'window.onload = () => { location.href = "/x"; }',
        'setTimeout(function(){location="/x"},3000)',
        "setTimeout(\"location.href='/x'\", 2000)",
        'setTimeout(()=>location="/x",500)',
        '(function(){location="/x"})()',
        '!function(){location="/x"}()',
        'document.addEventListener("DOMContentLoaded",()=>{setTimeout(()=>{location.href="/x"},10)})',
        'location.href="\\/x"',
        'location="\\u002fx"',
        '<!--\nlocation.href="/x"\n//-->',
        '// ici\nvar a = "https://a.fr/"; /* là */ location.href = "/x"; // enfin',
    ],
)
def test_a_script_that_leaves_is_followed(code: str) -> None:
    assert leaving(code) == "/x"


@pytest.mark.parametrize(
    "code",
    [
        '// location.href="/x"',
        '/* location="/x" */',
        "var s = 'location=\"/x\"'",
        'function go(){location.href="/x"}',
        'const go=()=>location.href="/x";',
        '$("#a").on("click",function(){location.href="/x"})',
        'document.addEventListener("click",function(){location.href="/x"})',
        'try{f()}catch(e){location="/x"}',
        'img.onerror=function(){location="/x"}',
        'setTimeout(function(){location="/x"},1800000)',
        'cfg.location="/x"',
        'if(a)location="/x"',
        'a&&(location="/x")',
        'location.href="/x"+id',
        "location.reload()",
    ],
)
def test_a_script_that_may_leave_is_not(code: str) -> None:
    assert leaving(code) == ""


@given(st.text(alphabet="location=\"'`/x*(){};,!>\x00 \nsetTimu1", max_size=300))
def test_no_script_is_too_odd(code: str) -> None:
    assert isinstance(leaving(f"location {code}"), str)
