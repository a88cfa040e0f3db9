"use strict";
{
  const form = document.getElementById("filters");
  const body = document.querySelector("tbody");
  const rows = Array.from(body.rows);
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const known = new Map(rows.map(row => [row, {
    verdict: row.dataset.verdict, theme: row.cells[2].textContent, text: null,
  }]));
  const textOf = row => known.get(row).text ??= fold(row.textContent);

  for (const theme of new Set([...known.values()].map(row => row.theme)))
    form.elements.theme.add(new Option(theme || "(sans thème)", theme || " "));
  for (const option of form.elements.verdict.options)
    if (option.dataset.of) option.hidden = !option.dataset.of.split(" ").some(v => [...known.values()].some(row => row.verdict === v));

  const show = () => {
    const verdicts = form.elements.verdict.selectedOptions[0].dataset.of?.split(" ");
    const theme = form.elements.theme.value;
    const words = fold(form.elements.text.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const of = known.get(row);
      const fits = (!verdicts || verdicts.includes(of.verdict))
        && (!theme || (of.theme || " ") === theme)
        && words.every(word => textOf(row).includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits;
    }
    form.elements.shown.value = shown === rows.length ? `${shown} liens montrés` : `${shown} liens montrés sur ${rows.length}`;
  };

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", event => event.preventDefault());

  const order = new Intl.Collator("fr", { numeric: true });
  const first = new Map(rows.map((row, index) => [row, index]));
  for (const button of document.querySelectorAll("th button")) {
    button.disabled = false;
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const column = head.cellIndex;
      const keys = new Map(rows.map(row => [row, row.cells[column].dataset.key ?? row.cells[column].textContent]));
      const sorted = [...rows].sort((a, b) => order.compare(keys.get(a), keys.get(b)) || first.get(a) - first.get(b));
      if (descending) sorted.reverse();
      body.append(...sorted);
    });
  }
  form.hidden = false;
  show();
}
