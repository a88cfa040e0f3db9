"""Asking links whether they answer: `check` yields each as it comes back.

check/
  policy.py        how to ask
  run.py           every link to its host's turn, and back
  inquiry.py       what is found out of an address: what is asked again, and when, and besides
  guest.py         one request after another: turns, cookies, patience
  asks.py          one address to ask, and what was answered
  controls.py      what hosts answer to addresses that cannot exist
  standing.py      which hosts are not asked any more
  schedule.py      turns: how many at once, how far apart, host by host
  patience.py      what a server says of how often it may be asked
  probe.py         what to ask, one request after another: a generator that knows no network
  body.py          bodies, read and decompressed no further than they tell something
  frame.py         what a page says apart from the frame of its site
  leaving.py       where the script of an empty page sends
  page.py          a body as what is seen of it
  cookies.py       cookies of one run
  engine.py        the transport: fast first, precise where that does not say
  plain.py         http, by a protocol of our own
  answer.py        its answers, as they come in
  fast.py          https, by pyreqwest
  precise.py       httpx, on connections of our own
  through.py       any transport of httpx
  forgiving.py     header sections made readable for a strict parser
  certificates.py  whom to trust
  validity.py      when a certificate ends
  issuers.py       the certificates that a server forgot to send
  names.py         names to addresses, and the guard
  resolver.py      name servers, asked by c-ares on the event loop
  aside.py         what would hold the loop up, done beside it
  sender.py        what all engines have in common: a request sent, and what comes back
  faults.py        what an exception means
  machine.py       a faster loop, open files enough, a batch's turns, a collector that waits
  canaries.py      whether there is a network at all
"""

from diagsources.check.canaries import network_is_there
from diagsources.check.machine import fast_loop, for_a_long_run, roomy
from diagsources.check.policy import Policy
from diagsources.check.run import check

__all__ = ["Policy", "check", "fast_loop", "for_a_long_run", "network_is_there", "roomy"]
