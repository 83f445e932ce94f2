// Narrows the list of claims, or searches the whole site, by the index that the form names; the state stands in the address.
(function () {
  const STEP = 30;  // results shown at once
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u31ff\\u3400-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const RUNS = RegExp(`[${UNSPACED}]+|[^${UNSPACED} ]{2,}`, "gu"), IS_UNSPACED = RegExp(`^[${UNSPACED}]`, "u");
  const LOST = Error("The index could not be loaded. Try again, or go through the lists.");
  const find = (selector) => document.querySelector(selector), all = (selector) => Array.from(document.querySelectorAll(selector));
  const form = find("[data-index]"), field = form.elements.q, selects = all("[data-index] select"), status = find("[data-index] [role=status]");
  const list = find("[data-list]"), results = find("[data-results]"), more = find("[data-more]");
  const total = Number(form.dataset.total), isSearch = Boolean(form.elements.kind), atRest = status.textContent;
  const blanks = Object.fromEntries(all("[data-blank]").map((blank) => [blank.dataset.blank, blank.content]));
  const asked = (name) => new URLSearchParams(location.search).get(name) || "";
  const inWords = new Intl.NumberFormat("en").format;
  const files = {}, choices = {};
  let turn = 0, limit = STEP;

  function load(name) {  // each file once; again after a failure
    files[name] ||= fetch(`${form.dataset.index}${name}.json`, { cache: "no-cache" })
      .then((answer) => answer.ok ? answer.json() : Promise.reject())
      .catch(() => { delete files[name]; throw LOST; });
    return files[name];
  }
  function numbersIn(steps) {
    let number = 0;
    return steps.map((step) => number += step);
  }

  // The words of a query and the file of each, by the rules of claimdeck/present/word_index.py.
  function wordsIn(text) {
    const folded = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase();
    return (folded.replace(/[^\p{L}\p{N}\p{M}]/gu, " ").match(RUNS) || []).flatMap((run) => {
      const letters = IS_UNSPACED.test(run) ? Array.from(run) : [];
      return letters.length > 1 ? letters.slice(1).map((letter, before) => letters[before] + letter) : [run];
    });
  }
  function fileOf(word, beginnings) {  // the last that does not begin above it
    return `words-${beginnings.findLastIndex((letters) => letters <= word)}`;
  }

  // A mask has a byte for each entry: 0 left out, 1 the words lead to it, 2 they stand in its name, or it was chosen.
  function joined(masks) {
    const mask = new Uint8Array(total).fill(2);
    for (const other of masks.filter(Boolean)) other.forEach((value, number) => { if (value < mask[number]) mask[number] = value; });
    return mask;
  }
  async function maskOfWords(words) {
    const beginnings = await load("words");
    const indexes = await Promise.all(words.map((word) => load(fileOf(word, beginnings))));
    const masks = words.map((word, at) => {
      const mask = new Uint8Array(total);
      for (const known in indexes[at]) if (known.startsWith(word)) {
        for (const code of numbersIn(indexes[at][known])) mask[code >> 1] = Math.max(mask[code >> 1], 1 + code % 2);
      }
      return mask;
    });
    return words.length ? joined(masks) : null;
  }
  async function maskOfChoice(select) {
    const chosen = choices[select.name][select.selectedIndex - 1], mask = new Uint8Array(total);
    const told = chosen && await load(`${select.name}-${chosen.file}`);
    for (const number of chosen ? numbersIn(told[chosen.id]) : []) mask[number] = 2;
    return chosen ? mask : null;
  }

  async function fill(select) {  // with its choices, once
    const values = await load(select.name);
    choices[select.name] ||= values.map(([id, label, whole, file]) => {
      const option = select.appendChild(new Option(label, id, false, id === asked(select.name)));
      return { id, option, label, whole, file };
    });
  }
  async function numbersOf(select) {  // by choice, where one file tells them all; more are not loaded for counts
    return choices[select.name].some(({ file }) => file) ? null : load(`${select.name}-0`);
  }
  function count(select, masks, numbers) {  // what each choice would leave, where it is known
    const mask = joined(masks), isWhole = !masks.some(Boolean);
    for (const { id, option, label, whole } of choices[select.name]) {
      const left = isWhole ? whole : numbers && numbersIn(numbers[id]).filter((number) => mask[number]).length;
      option.textContent = left === null ? label : `${label} (${inWords(left)})`;
      option.disabled = left === 0 && !option.selected;
    }
  }

  async function show() {
    const now = ++turn;
    try {
      await Promise.all(selects.map(fill));
      const [words, ...masks] = await Promise.all([maskOfWords(wordsIn(field.value)), ...selects.map(maskOfChoice)]);
      if (now !== turn) return;
      keep();
      const isActive = [words, ...masks].some(Boolean), mask = joined([words, ...masks]);
      const found = isActive ? Array.from(mask.keys()).filter((number) => mask[number]) : [];
      if (isSearch) found.sort((one, other) => mask[other] - mask[one]);
      const [rows, ...numbers] = await Promise.all([Promise.all(found.slice(0, limit).map(rowOf)), ...(isActive ? selects.map(numbersOf) : [])]);
      if (now !== turn) return;
      selects.forEach((select, at) => count(select, [words, ...masks.filter((_, other) => other !== at)], numbers[at]));
      results.replaceChildren(...rows);
      if (list) list.hidden = isActive;
      more.hidden = found.length <= limit;
      status.textContent = isActive ? `${inWords(found.length)} of ${inWords(total)} ${form.dataset.noun}` : atRest;
    } catch (failure) {
      if (failure !== LOST) throw failure;
      if (now === turn) status.textContent = LOST.message;
      if (list && !results.childElementCount) list.hidden = false;
    }
  }
  async function rowOf(number) {
    const block = Number(form.dataset.block), entries = await load(`entries-${Math.floor(number / block)}`);
    const { kind, status, href, title, language, direction, because, meta } = entries[number % block];
    const row = blanks[status ? `${kind} ${status}` : kind].cloneNode(true).firstElementChild;
    Object.assign(row.querySelector("a"), { href, lang: language, dir: direction, textContent: title });
    row.querySelector(".entry__reason").textContent = because;
    row.querySelector(".entry__meta").textContent = isSearch && status ? `${kind} · ${meta}` : meta;
    return row;
  }

  function keep() {  // what was asked, in the address
    const state = new URLSearchParams(Array.from(new FormData(form)).filter(([, value]) => value)).toString();
    try { history.replaceState(null, "", location.pathname + (state && `?${state}`) + location.hash); } catch (tooOften) {}
  }
  function changed() {
    limit = STEP;
    return show();
  }
  function clear(controls) {
    for (const control of controls) control.value = "";
    field.focus();
    changed();
  }
  function move(event) {
    const links = Array.from(results.querySelectorAll("a")), at = links.indexOf(document.activeElement);
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || field).focus();
    else if (event.key === "Escape") clear([field]);
    else return;
    event.preventDefault();
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await changed();
    results.querySelector("a")?.focus();
  });
  more.firstElementChild.addEventListener("click", async () => {
    limit += STEP;
    await show();
    results.children[limit - STEP]?.querySelector("a").focus();
  });
  find("[data-clear]").addEventListener("click", () => clear([field, ...selects]));
  for (const place of [field, results]) place.addEventListener("keydown", move);

  field.value = asked("q");
  if (list) list.hidden = [field, ...selects].some(({ name }) => asked(name));
  form.hidden = false;
  if (isSearch) field.focus({ preventScroll: true });
  show();
})();
