"use strict";
{
  const form = document.getElementById("filters");
  const fields = form.elements;
  const table = document.querySelector("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const first = new Map(rows.map((row, index) => [row, index]));
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const known = new Map(rows.map(row => [row, {
    verdict: row.dataset.verdict, theme: row.cells[2].textContent, isNews: "news" in row.dataset, text: null,
  }]));
  const textOf = row => known.get(row).text ??= fold(row.textContent);
  const counted = (number, one, many) => `${number.toLocaleString("fr")}\u00a0${number < 2 ? one : many}`;
  const asWritten = table.caption.textContent;
  const verdicts = new Set(rows.map(row => row.dataset.verdict));
  let sorted = null;

  for (const theme of new Set([...known.values()].map(of => of.theme)))
    fields.theme.add(new Option(theme || "(sans thème)", theme || " "));
  for (const option of [...fields.verdict.options])
    if (option.value && !option.value.split(" ").some(verdict => verdicts.has(verdict))) option.remove();
  fields.news.closest("label").hidden = ![...known.values()].some(of => of.isNews);

  const chips = [];
  for (const item of document.querySelectorAll("#numbers li")) {
    const chip = Object.assign(document.createElement("button"), { type: "button", textContent: item.textContent });
    chip.addEventListener("click", () => {
      fields.verdict.value = fields.verdict.value === item.className ? "" : item.className;
      show();
    });
    item.replaceChildren(chip);
    chips.push([chip, item.className]);
  }

  function show() {
    const wanted = fields.verdict.value && fields.verdict.value.split(" ");
    const theme = fields.theme.value;
    const news = fields.news.checked;
    const words = fold(fields.text.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const of = known.get(row);
      const fits = (!wanted || wanted.includes(of.verdict))
        && (!theme || (of.theme || " ") === theme)
        && (!news || of.isNews)
        && words.every(word => textOf(row).includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits;
    }
    for (const [chip, verdict] of chips) chip.setAttribute("aria-pressed", fields.verdict.value === verdict);
    table.caption.textContent = shown < rows.length
      ? `${counted(shown, "lien montré", "liens montrés")} sur ${rows.length.toLocaleString("fr")}`
      : sorted ? counted(shown, "lien", "liens") : asWritten;
  }

  const order = new Intl.Collator("fr", { numeric: true });
  function sort(head, isDescending) {
    const sign = isDescending ? -1 : 1;
    const keys = new Map(rows.map(row => {
      const cell = row.cells[head.cellIndex];
      return [row, cell.dataset.key ?? cell.textContent];
    }));
    const compare = (a, b) => !a - !b || sign * order.compare(a, b);
    body.append(...[...rows].sort((a, b) => compare(keys.get(a), keys.get(b)) || first.get(a) - first.get(b)));
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
    sorted = head;
    fields.order.value = head.cellIndex;
    show();
  }

  for (const button of table.querySelectorAll("th button")) {
    const head = button.closest("th");
    fields.order.add(new Option(button.textContent, head.cellIndex));
    button.disabled = false;
    button.addEventListener("click", () => sort(head, head.getAttribute("aria-sort") === "ascending"));
  }
  fields.order.addEventListener("change", () => sort(table.tHead.rows[0].cells[fields.order.value], false));

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  form.addEventListener("reset", () => setTimeout(() => {
    body.append(...rows);
    sorted?.removeAttribute("aria-sort");
    sorted = null;
    show();
  }));
  form.addEventListener("submit", event => event.preventDefault());
  form.hidden = false;
  show();
}
