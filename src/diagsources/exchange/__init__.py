"""What comes from elsewhere: links in lists of addresses, Markdown and HTML, read as they come.

Each link of a list has its place as id (`line-12`), so that a finding can be found again.
"""

from diagsources.exchange.linklist import links_in, read_links

__all__ = ["links_in", "read_links"]
