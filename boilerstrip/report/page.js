// What is looked at stands in the address behind the #, so that back and forward work and a view
// can be kept as a link: doc=NUMBER, category=, cause=, site=, only=, q=, order=.
// Text of documents only ever becomes text nodes.
"use strict";
(() => {
  const FEW = 8; // bars of a panel before the rest is asked for
  const PAGE = 100; // rows of the list at a time
  const AT_ONCE = 32; // documents that a search unpacks together
  const EVERY = 300; // milliseconds until a search shows again what it has found
  const KEPT = 2000; // documents that stay unpacked
  const EXCERPT = 160; // characters of a folded passage
  const FILTERS = ["category", "cause", "site", "only", "q"];
  const overview = JSON.parse(document.getElementById("overview").textContent);
  const rows = overview.documents;
  const packed = [...document.getElementById("documents").childNodes]
    .filter((node) => node.nodeType === Node.COMMENT_NODE);
  const status = document.getElementById("status");
  const overviewView = document.getElementById("overview-view");
  const documentView = document.getElementById("document-view");

  // The folder that all lie in is not said in the list.
  function sharedFolder(names) {
    let shared = (names[0] || "").replace(/[^/]*$/, "");
    while (!names.every((name) => name.startsWith(shared))) shared = shared.replace(/[^/]*\/$/, "");
    return shared.length;
  }

  const folder = sharedFolder(rows.map((row) => row.name));
  for (const [number, row] of rows.entries()) {
    row.file = row.name.slice(folder);
    row.number = number;
    row.parts = row.parts.map(([cause, characters]) => [...overview.causes[cause], characters]);
    row.removed = row.parts.reduce((sum, part) => sum + part[2], 0);
    row.share = row.length ? row.removed / row.length : 0;
    row.label = row.title || row.file;
    row.site = row.site || "unknown";
  }

  // Values and elements.

  const count = new Intl.NumberFormat("en");
  const number = (value) => count.format(value);
  const counted = (value, one, many = one + "s") => `${number(value)} ${value === 1 ? one : many}`;

  function percent(share) {
    if (share > 0 && share < 0.001) return "< 0.1%";
    if (share > 0.999 && share < 1) return "> 99.9%";
    return (share * 100).toFixed(share < 0.1 && share > 0 ? 1 : 0) + "%";
  }

  function make(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(key, value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  }

  const span = (name, ...children) => make("span", { class: name }, ...children);
  const named = (category) => category.replaceAll("_", " ");

  // The text with what is searched for marked, as nodes.
  function marked(text, pattern) {
    if (!pattern) return [text];
    const nodes = [];
    let position = 0;
    for (const found of text.matchAll(pattern)) {
      nodes.push(text.slice(position, found.index), make("mark", null, found[0]));
      position = found.index + found[0].length;
    }
    nodes.push(text.slice(position));
    return nodes;
  }

  function patternOf(query) {
    const words = query.trim().split(/\s+/u).filter(Boolean);
    const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    return escaped.length ? new RegExp(escaped.join("\\s+"), "giu") : null;
  }

  // The state, which the address holds.

  let state = {};

  function readState() {
    const given = new URLSearchParams(location.hash.slice(1));
    const doc = /^\d+$/.test(given.get("doc") || "") ? Number(given.get("doc")) : null;
    state = { doc: doc !== null && doc < rows.length ? doc : null, order: given.get("order") };
    for (const name of FILTERS) state[name] = given.get(name);
  }

  function addressOf(change) {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...state, ...change })) {
      if (value !== null && value !== undefined && value !== "") next.set(name, value);
    }
    return "#" + next;
  }

  function go(change, replaced = false) {
    const address = addressOf(change);
    if (address === (location.hash || "#")) return;
    if (replaced) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    show();
  }

  // Documents, unpacked when they are asked for.

  const unpacked = new Map();

  function load(index) {
    if (!unpacked.has(index)) unpacked.set(index, unpack(index));
    if (unpacked.size > KEPT) unpacked.delete(unpacked.keys().next().value);
    return unpacked.get(index);
  }

  async function unpack(index) {
    const data = atob(packed[index].data);
    const bytes = new Uint8Array(data.length);
    for (let at = 0; at < data.length; at++) bytes[at] = data.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  // The search: which documents hold the words, and where first.

  const search = { query: "", found: new Map(), done: true };

  async function searchFor(query) {
    const pattern = patternOf(query);
    Object.assign(search, { query, found: new Map(), done: !pattern });
    if (!pattern) return;
    let told = performance.now();
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      const some = rows.slice(start, start + AT_ONCE);
      const texts = await Promise.all(some.map((row) => load(row.number)));
      if (search.query !== query) return;
      for (const [at, row] of some.entries()) {
        const hits = [...texts[at].text.matchAll(pattern)];
        const about = [row.title, row.name, row.site].some((value) => value.search(pattern) >= 0);
        if (hits.length || about) search.found.set(row.number, snippetOf(texts[at].text, hits));
      }
      search.done = start + AT_ONCE >= rows.length;
      if (!search.done && performance.now() - told < EVERY) continue;
      told = performance.now();
      if (state.doc === null) showList();
    }
  }

  function snippetOf(text, hits) {
    if (!hits.length) return null;
    const start = Math.max(hits[0].index - 50, 0);
    const end = hits[0].index + hits[0][0].length + 110;
    const cut = text.slice(start, end).replace(/\s+/gu, " ");
    return { hits: hits.length, text: (start ? "…" : "") + cut + (end < text.length ? "…" : "") };
  }

  // Which documents are shown, in which order.

  const ONLY = {
    empty: ["empty bodies", (row) => row.empty],
    untouched: ["nothing removed", (row) => !row.removed],
  };

  function onlyOf(name) {
    if (!name) return null;
    if (name.startsWith("missing:")) {
      const field = name.slice("missing:".length);
      return [`no ${named(field)}`, (row) => row.missing.includes(field)];
    }
    return ONLY[name] || null;
  }

  function fitting() {
    const only = onlyOf(state.only);
    const found = patternOf(state.q || "") ? search.found : null;
    const list = rows.filter(
      (row) =>
        (!state.category || row.parts.some((part) => part[0] === state.category)) &&
        (!state.cause || row.parts.some((part) => part[1] === state.cause)) &&
        (!state.site || row.site === state.site) &&
        (!only || only[1](row)) &&
        (!found || found.has(row.number)),
    );
    const sign = state.order === "least" ? 1 : -1;
    return list.sort((a, b) => sign * (a.share - b.share) || a.number - b.number);
  }

  function totals(list) {
    const sums = { category: new Map(), cause: new Map(), site: new Map(), missing: new Map() };
    const add = (kind, key, characters, of) => {
      const sum = sums[kind].get(key) || { key, characters: 0, of: 0, documents: 0, last: null };
      sum.characters += characters;
      sum.documents += sum.last === of.number ? 0 : 1;
      sum.of += sum.last === of.number ? 0 : of.length;
      sum.last = of.number;
      sums[kind].set(key, sum);
    };
    for (const row of list) {
      add("site", row.site, row.removed, row);
      for (const [category, cause, characters] of row.parts) {
        add("category", category, characters, row);
        add("cause", cause, characters, row);
      }
      for (const field of row.missing) add("missing", field, 0, row);
    }
    return sums;
  }

  // The overview.

  const panels = {};
  const part = {};
  const pressed = (name, value) => String(state[name] === value);

  function buildOverview() {
    const removed = rows.reduce((sum, row) => sum + row.removed, 0);
    const length = rows.reduce((sum, row) => sum + row.length, 0);
    part.input = make("input", {
      type: "search",
      id: "search",
      placeholder: "Search the texts",
      "aria-label": "Search the texts, titles, names and sites",
      autocomplete: "off",
      spellcheck: "false",
      input: () => {
        clearTimeout(part.waiting);
        part.waiting = setTimeout(() => go({ q: part.input.value.trim() }, true), 200);
      },
    });
    part.chips = make("div", { class: "chips" });
    part.facets = make("div", { class: "facets" });
    part.said = make("p", { class: "muted" });
    part.order = make("button", {
      type: "button",
      class: "button",
      click: () => go({ order: state.order === "least" ? null : "least" }),
    });
    part.list = make("ol", { class: "list" });
    part.more = make("button", { type: "button", class: "more", click: () => showRows(Infinity) });
    part.empty = figureButton("empty", rows.filter((row) => row.empty).length, "empty bodies");
    const untouched = rows.filter((row) => !row.removed).length;
    part.untouched = figureButton("untouched", untouched, "with nothing removed");
    overviewView.append(
      make("p", { class: "brand" }, make("b", null, "boilerstrip"), ` ${overview.version}, report${madeWith()}`),
      make("h1", { tabindex: "-1" }, headline(removed, length)),
      make(
        "div",
        { class: "figures" },
        figure(number(removed), `of ${number(length)} characters removed`),
        part.empty,
        part.untouched,
        figure(number(overview.failed.length), "failed", overview.failed.length > 0),
      ),
      make("div", { class: "search", role: "search" }, part.input),
      part.chips,
      make(
        "div",
        { class: "columns" },
        part.facets,
        make(
          "section",
          { "aria-labelledby": "documents-heading" },
          failures(),
          make(
            "div",
            { class: "list-head" },
            make("h2", { id: "documents-heading" }, "Documents"),
            part.said,
            part.order,
          ),
          part.list,
          part.more,
        ),
      ),
    );
    buildPanel("category", "Removed, by category", "Share of all characters · documents.");
    buildPanel("cause", "Removed, by rule or other cause", "Share of all characters · documents.");
    buildPanel("site", "Removed, by outlet or site", "Share of its own characters · documents.");
    buildPanel("missing", "Missing fields", "Share of the documents · documents.");
  }

  function headline(removed, length) {
    if (!rows.length) return "No document could be cleaned";
    const whose = rows.length === 1 ? "1 document lost" : `${number(rows.length)} documents lost`;
    return `${whose} ${percent(length ? removed / length : 0)} of ${rows.length === 1 ? "its" : "their"} text`;
  }

  function madeWith() {
    const said = [
      [overview.rules, "rules of "],
      [overview.languages, "languages: "],
      [overview.keep, "kept: "],
    ];
    return said
      .filter(([values]) => values.length)
      .map(([values, what]) => ` · ${what}${values.join(", ")}`)
      .join("");
  }

  // A box that can be closed; open from the start where there is room beside the documents.
  const panelOf = (title, ...children) =>
    make(
      "details",
      { class: "panel", open: matchMedia("(min-width: 60rem)").matches },
      make("summary", null, make("h2", null, title)),
      ...children,
    );

  const figure = (value, label, bad = false) =>
    make("div", { class: bad ? "figure bad" : "figure" }, make("b", null, value), make("span", null, label));

  const figureButton = (only, value, label) =>
    make(
      "button",
      {
        type: "button",
        class: "figure",
        click: () => go({ only: state.only === only ? null : only }),
      },
      make("b", null, number(value)),
      make("span", null, label),
    );

  function failures() {
    const failed = overview.failed;
    if (!failed.length) return null;
    return make(
      "details",
      { class: "panel failed", open: failed.length <= FEW || !rows.length },
      make("summary", null, make("h2", null, `${counted(failed.length, "document")} failed`)),
      make(
        "ol",
        null,
        failed.map((one) => make("li", null, make("b", null, one.name), one.problem)),
      ),
    );
  }

  function buildPanel(kind, title, about) {
    const list = make("ol", null);
    const more = make("button", {
      type: "button",
      class: "more",
      click: () => {
        panels[kind].all = !panels[kind].all;
        showPanel(kind, panels[kind].shown);
      },
    });
    panels[kind] = { list, more, all: false, shown: null };
    part.facets.append(panelOf(title, make("p", null, about), list, more));
  }

  function showPanel(kind, sums) {
    const panel = panels[kind];
    panel.shown = sums;
    const key = kind === "missing" ? "only" : kind;
    const filter = (value) => (kind === "missing" ? `missing:${value}` : value);
    const shares = [...sums.values.values()].map((sum) => ({
      ...sum,
      share: kind === "missing" ? sum.documents / sums.documents
        : (kind === "site" ? sum.of : sums.length) ? sum.characters / (kind === "site" ? sum.of : sums.length) : 0,
    }));
    shares.sort((a, b) => b.share - a.share || b.documents - a.documents || (a.key < b.key ? -1 : 1));
    const most = kind === "site" || kind === "missing" ? 1 : shares.length ? shares[0].share || 1 : 1;
    const few = shares.filter((sum, at) => panel.all || at < FEW || state[key] === filter(sum.key));
    panel.list.replaceChildren(
      ...few.map((sum) => barOf(kind, key, filter(sum.key), sum, sum.share / most)),
    );
    if (!few.length) panel.list.append(make("li", { class: "none" }, "None."));
    panel.more.hidden = shares.length <= FEW;
    panel.more.textContent = panel.all ? "Show fewer" : `Show all ${number(shares.length)}`;
  }

  function barOf(kind, key, value, sum, width) {
    const fill = make("i", kind === "category" ? { "data-category": sum.key } : null);
    fill.style.width = `${(width * 100).toFixed(2)}%`;
    const why = kind === "cause" ? overview.whys[sum.key] : null;
    const id = why ? `why-${sum.key.replace(/\s/gu, "_")}` : null;
    const label = kind === "category" || kind === "missing" ? named(sum.key) : sum.key;
    return make(
      "li",
      null,
      make(
        "button",
        {
          type: "button",
          class: "bar",
          "aria-pressed": pressed(key, value),
          "aria-describedby": id,
          "data-key": `${key}=${value}`,
          click: () => go({ [key]: state[key] === value ? null : value }),
        },
        make("span", null, label),
        span(
          "value",
          percent(sum.share),
          make("span", { class: "muted" }, ` · ${number(sum.documents)}`),
          span("unseen", sum.documents === 1 ? " document" : " documents"),
        ),
        make("span", { class: "track", "aria-hidden": "true" }, fill),
      ),
      why ? make("span", { class: "why", id }, why) : null,
    );
  }

  // The filters that are set, each with what it is called.
  function filters() {
    const only = onlyOf(state.only);
    return [
      ["category", state.category && named(state.category)],
      ["cause", state.cause],
      ["site", state.site],
      ["only", only && only[0]],
      ["q", state.q && `“${state.q}”`],
    ].filter(([, label]) => label);
  }

  function showChips() {
    const chips = filters();
    part.chips.hidden = !chips.length;
    part.chips.replaceChildren(
      ...chips.map(([name, label]) =>
        make(
          "button",
          { type: "button", class: "chip", "aria-label": `Remove the filter ${label}`, "data-key": `chip-${name}`, click: () => go({ [name]: null }) },
          label,
        ),
      ),
    );
    if (chips.length > 1) {
      const clear = () => go(Object.fromEntries(FILTERS.map((name) => [name, null])));
      part.chips.append(make("button", { type: "button", class: "more", click: clear }, "Clear all"));
    }
    const why = state.cause && overview.whys[state.cause];
    if (why) part.chips.append(make("p", null, make("b", null, `${state.cause}: `), why));
  }

  let shown = [];

  function showList() {
    shown = fitting();
    const sums = totals(shown);
    const length = shown.reduce((sum, row) => sum + row.length, 0);
    const focused = overviewView.contains(document.activeElement) && document.activeElement.dataset.key;
    for (const kind of Object.keys(panels)) {
      showPanel(kind, { values: sums[kind], length, documents: shown.length });
    }
    showChips();
    part.empty.setAttribute("aria-pressed", pressed("only", "empty"));
    part.untouched.setAttribute("aria-pressed", pressed("only", "untouched"));
    const least = state.order === "least";
    part.order.textContent = least ? "Least removed first ↑" : "Most removed first ↓";
    part.order.setAttribute("aria-label", `${least ? "Least" : "Most"} removed first; change the order`);
    const all = shown.length === rows.length;
    const text = all ? number(rows.length) : `${number(shown.length)} of ${number(rows.length)}`;
    part.said.textContent = text + (search.done ? "" : ", searching …");
    status.textContent = search.done && !all ? `${text} documents fit.` : "";
    showRows(PAGE);
    if (focused) overviewView.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  function showRows(most) {
    const pattern = patternOf(state.q || "");
    part.list.replaceChildren(...shown.slice(0, most).map((row) => rowOf(row, pattern)));
    if (!shown.length) {
      const none = rows.length ? "No document fits the filters." : "There is no document.";
      part.list.append(make("li", { class: "nothing" }, search.done ? none : "Searching …"));
    }
    part.more.hidden = shown.length <= most;
    part.more.textContent = `Show all ${number(shown.length)} documents`;
  }

  function rowOf(row, pattern) {
    const snippet = pattern && search.found.get(row.number);
    const facts = [row.title ? row.file : null, row.site === "unknown" ? null : row.site, row.language || null];
    const flags = [row.empty ? "empty body" : null, row.missing.includes("title") ? "no title" : null];
    const said = facts.filter(Boolean).join(" · ");
    const warned = flags.filter(Boolean).join(", ");
    return make(
      "li",
      null,
      make(
        "a",
        { class: "row", href: addressOf({ doc: row.number }), "data-row": row.number, "data-key": `row-${row.number}`, click: follow },
        span("title", ...marked(row.label, pattern)),
        span("share", percent(row.share), make("small", null, " removed")),
        span("said", said, warned ? [said ? " · " : "", span("flag", warned)] : null, mostly(row)),
        stackOf(row),
        snippet
          ? span("snippet", ...marked(snippet.text, pattern), make("span", { class: "muted" }, ` (${counted(snippet.hits, "hit")})`))
          : null,
      ),
    );
  }

  function byCategory(row) {
    const sums = new Map();
    for (const [category, , characters] of row.parts) {
      sums.set(category, (sums.get(category) || 0) + characters);
    }
    return [...sums].sort((a, b) => b[1] - a[1]);
  }

  function mostly(row) {
    const most = byCategory(row).slice(0, 2).map(([category]) => named(category));
    return most.length ? ` · ${most.join(", ")}` : null;
  }

  function stackOf(row) {
    const pieces = byCategory(row).map(([category, characters]) => {
      const piece = make("i", { "data-category": category });
      piece.style.width = `${(characters / row.length) * 100}%`;
      return piece;
    });
    return make("span", { class: "track", "aria-hidden": "true" }, pieces);
  }

  function follow(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    event.preventDefault();
    const address = this.getAttribute("href"); // this.hash is empty for "#", which changes nothing
    if (address !== location.hash) history.pushState(null, "", address);
    show();
  }

  // A document.

  let opened = null; // the document that is shown, and the filters it was laid out for

  async function showDocument(index) {
    const key = JSON.stringify([index, state.category, state.cause, state.q]);
    if (opened === key) return;
    opened = key;
    documentView.replaceChildren(make("p", { class: "nothing" }, "Unpacking …"));
    let values;
    try {
      values = await load(index);
    } catch (error) {
      documentView.replaceChildren(trailOf(rows[index]), make("p", { class: "nothing" }, `This browser can't unpack the document (${error}). Use one of 2023 or later.`));
      return;
    }
    if (opened !== key) return;
    const row = rows[index];
    const text = textOf(row, values);
    documentView.replaceChildren(
      trailOf(row),
      make(
        "article",
        { class: "document" },
        make(
          "header",
          null,
          make("h1", { tabindex: "-1", lang: row.language || null }, row.label),
          make("p", null, row.title ? row.name : `${row.name} · no title was found`),
        ),
        make("div", { class: "columns" }, sideOf(row, values, text), text),
      ),
    );
    document.title = `${row.label} – boilerstrip report`;
    window.scrollTo(0, 0);
    documentView.querySelector("h1").focus({ preventScroll: true });
    const wanted = text.querySelector(".removal.wanted, mark");
    if (wanted && (state.category || state.cause || state.q)) reveal(wanted);
  }

  function trailOf(row) {
    const list = shown.length ? shown : fitting();
    const at = list.findIndex((one) => one.number === row.number);
    const link = (to, label, name) =>
      to ? make("a", { class: "button", href: addressOf({ doc: to.number }), "data-go": name, click: follow }, label) : null;
    return make(
      "nav",
      { class: "trail", "aria-label": "Documents" },
      make("a", { class: "button", href: addressOf({ doc: null }), "data-go": "back", click: follow }, "← All documents"),
      at < 0 ? null : make("span", { class: "muted" }, placeOf(at, list.length)),
      at < 0 ? null : link(list[at - 1], "‹ Previous", "previous"),
      at < 0 ? null : link(list[at + 1], "Next ›", "next"),
    );
  }

  function placeOf(at, all) {
    const fit = filters().map(([, label]) => label).join(", ");
    return `${number(at + 1)} of ${number(all)}${fit ? ` with ${fit}` : ""}`;
  }

  function sideOf(row, values, text) {
    return make(
      "aside",
      { class: "side", "aria-label": "About the document" },
      legendOf(row, values, text),
      fieldsOf(values),
      listOf("Related items", values.related.map(([title, summary, url]) => [title, summary, url].filter(Boolean).join("\n"))),
      listOf("Readers' comments", values.comments),
    );
  }

  function legendOf(row, values, text) {
    const sums = new Map();
    for (const [start, end, cause] of values.removed) {
      const category = values.causes[cause][0];
      const sum = sums.get(category) || { passages: 0, characters: 0 };
      sum.passages += 1;
      sum.characters += end - start;
      sums.set(category, sum);
    }
    const list = [...sums].sort((a, b) => b[1].characters - a[1].characters);
    const toggle = (button, category) => {
      const unfold = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(unfold));
      unfoldAll(text, unfold, category);
    };
    const buttons = list.map(([category, sum]) =>
      make(
        "button",
        { type: "button", class: "bar", "data-category": category, "aria-pressed": "false", click: (event) => toggle(event.currentTarget, category) },
        span("name", named(category)),
        span("value", number(sum.characters), make("span", { class: "muted" }, ` · ${number(sum.passages)}`)),
      ),
    );
    const all = (unfold) => () => {
      unfoldAll(text, unfold);
      for (const button of buttons) button.setAttribute("aria-pressed", String(unfold));
    };
    const panel = panelOf(
      `${percent(row.share)} removed`,
      make("p", null, `${number(row.removed)} of ${number(row.length)} characters. By category, which a press unfolds: characters · passages.`),
      make("ol", null, buttons.map((button) => make("li", null, button))),
      make(
        "div",
        { class: "tools" },
        make("button", { type: "button", class: "button", click: all(true) }, "Unfold all"),
        make("button", { type: "button", class: "button", click: all(false) }, "Fold all"),
      ),
      make(
        "p",
        { class: "keys" },
        ...["j", " or ", "↓", " next passage, ", "k", " or ", "↑", " the one before, ", "Enter", " unfolds it, ", "n", " ", "p", " other documents, ", "Esc", " back"].map(
          (piece) => (/^(?:[jknp↓↑]|Enter|Esc)$/.test(piece) ? make("kbd", null, piece) : piece),
        ),
      ),
    );
    panel.classList.add("legend");
    return panel;
  }

  function fieldsOf(values) {
    const list = make("dl", null);
    for (const [name, given, source] of values.fields) {
      if (!given.length) continue;
      const value = given.map((one) => (name === "url" ? linkOf(one) : make("bdi", null, one)));
      const spaced = value.flatMap((one, at) => (at ? [", ", one] : [one]));
      const long = given.join("").length > 240;
      list.append(
        make("dt", null, named(name)),
        make("dd", { class: long ? "long" : null, tabindex: long ? "0" : null }, ...spaced, source ? [" ", span("source", source)] : null),
      );
    }
    const missing = values.fields.filter(([, given]) => !given.length).map(([name]) => named(name));
    if (missing.length) {
      list.append(make("dt", null, "not found"), make("dd", null, missing.join(", ")));
    }
    return panelOf("Metadata, and where it is from", list);
  }

  // Only addresses of the web are links; nothing is loaded unless one is followed.
  function linkOf(address) {
    if (!/^https?:\/\//iu.test(address)) return make("bdi", null, address);
    return make("a", { href: address, rel: "noopener noreferrer nofollow", target: "_blank" }, make("bdi", null, address));
  }

  function listOf(title, items) {
    if (!items.length) return null;
    return make(
      "details",
      { class: "panel" },
      make("summary", null, make("h2", null, `${title} (${number(items.length)})`)),
      make("ol", { class: "plain" }, items.map((item) => make("li", null, item))),
    );
  }

  // The text: what stays as paragraphs, what went folded where it stood.

  const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/u;

  function textOf(row, values) {
    const pattern = patternOf(state.q || "");
    const target = make("div", { class: "text", lang: row.language || null });
    const page = { target, line: null, gap: false };
    let position = 0;
    for (const [index, removal] of values.removed.entries()) {
      addBody(page, values.text.slice(position, removal[0]), pattern);
      position = removal[1];
      addRemoval(page, values, index, pattern);
    }
    addBody(page, values.text.slice(position), pattern);
    if (!target.childNodes.length) target.append(make("p", { class: "muted" }, "The document is empty."));
    else if (row.empty) target.prepend(make("p", { class: "flag" }, "Nothing is left as body."));
    return target;
  }

  function addBody(page, text, pattern) {
    for (const [at, line] of text.split(LINE_END).entries()) {
      if (at) {
        page.gap = page.gap || page.line === null;
        page.line = null;
      }
      if (!line.trim()) {
        if (page.line !== null && line) page.line.append(line);
        continue;
      }
      lineOf(page).append(...marked(line, pattern));
    }
  }

  function lineOf(page) {
    if (page.line === null) {
      page.line = make("p", { class: page.gap ? "gap" : null });
      page.target.append(page.line);
      page.gap = false;
    }
    return page.line;
  }

  function addRemoval(page, values, index, pattern) {
    const [start, end, cause] = values.removed[index];
    const inside = values.text.slice(start, end);
    const rest = values.text.slice(end, end + 200).split(LINE_END, 1)[0];
    const whole = LINE_END.test(inside.trim()) || (page.line === null && !rest.trim());
    const element = removalOf(inside, index, values.causes[cause], whole, pattern);
    if (!whole) {
      lineOf(page).append(element);
      return;
    }
    if (page.gap) element.classList.add("gap");
    page.target.append(element);
    page.line = null;
    page.gap = false;
  }

  function removalOf(text, index, [category, cause, why], whole, pattern) {
    const id = `removal-${index}`;
    const excerpt = text.slice(0, EXCERPT * 2).trim().replace(/\s+/gu, " ").slice(0, EXCERPT);
    const wanted =
      (state.category || state.cause) &&
      (!state.category || state.category === category) &&
      (!state.cause || state.cause === cause);
    const button = make(
      "button",
      { type: "button", class: "fold", id, "aria-expanded": "false", "aria-describedby": `${id}-why`, click: () => unfold(element, !element.classList.contains("open")) },
      span("name", named(category)),
      span("excerpt", ...marked(excerpt, pattern)),
      span("size", number(text.length), span("unseen", " characters")),
    );
    const note = span("why", make("code", null, cause), why ? ` ${why}` : null);
    note.id = `${id}-why`;
    const element = make(whole ? "div" : "span", { class: `removal ${whole ? "whole" : "piece"}${wanted ? " wanted" : ""}`, "data-category": category }, button, note);
    // A caption stands above what stood on lines of its own, and below a piece of a line.
    element.unfolded = () => (whole ? note : button).after(span("was", ...marked(text, pattern)));
    if (wanted || (pattern && text.search(pattern) >= 0)) unfold(element, true);
    return element;
  }

  function unfold(element, open) {
    element.classList.toggle("open", open);
    element.querySelector(".fold").setAttribute("aria-expanded", String(open));
    const was = element.querySelector(".was");
    if (was) was.hidden = !open;
    else if (open) element.unfolded();
  }

  function unfoldAll(text, open, category) {
    for (const element of text.querySelectorAll(".removal")) {
      if (!category || element.dataset.category === category) unfold(element, open);
    }
  }

  // Keys: j and k, or arrows within a list, go to the next passage, document or bar.

  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function reveal(element) {
    element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  }

  function stops() {
    if (state.doc === null) return [...part.list.querySelectorAll(".row")];
    const wanted = [...documentView.querySelectorAll(".removal.wanted > .fold")];
    return wanted.length ? wanted : [...documentView.querySelectorAll(".fold")];
  }

  function step(list, forward) {
    if (!list.length) return;
    const at = list.indexOf(document.activeElement);
    const next = at < 0 ? nearest(list, forward) : list[at + (forward ? 1 : -1)];
    if (!next) return;
    next.focus({ preventScroll: true });
    reveal(next);
  }

  // Where nothing in the list has the focus: what comes next to what is looked at.
  function nearest(list, forward) {
    const top = (element) => element.getBoundingClientRect().top;
    if (forward) return list.find((element) => top(element) >= 0) || list[0];
    return list.findLast((element) => top(element) < 0) || list[0];
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (event.key === "Escape") return escape(target);
    if (target.matches?.("input, textarea, select")) return;
    const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (arrow) {
      const bars = target.closest?.(".panel ol");
      const list = bars ? [...bars.querySelectorAll(".bar")] : stops();
      if (!list.includes(target)) return;
      event.preventDefault();
      step(list, event.key === "ArrowDown");
    } else if (event.key === "j" || event.key === "k") {
      step(stops(), event.key === "j");
    } else if (event.key === "n" || event.key === "p") {
      documentView.querySelector(`[data-go="${event.key === "n" ? "next" : "previous"}"]`)?.click();
    } else if (event.key === "/" && state.doc === null) {
      event.preventDefault();
      part.input.focus();
    }
  }

  function escape(target) {
    const holder = target.closest?.(".removal, .panel li");
    const note = holder?.querySelector(":scope > .why");
    if (note && !holder.classList.contains("open") && !holder.classList.contains("quiet")) {
      holder.classList.add("quiet");
    } else if (state.doc !== null) {
      documentView.querySelector('[data-go="back"]')?.click();
    } else if (target === part.input && part.input.value) {
      part.input.value = "";
      go({ q: null }, true);
    }
  }

  function unquiet(event) {
    const holder = event.target.closest?.(".quiet");
    if (holder && !holder.contains(event.relatedTarget)) holder.classList.remove("quiet");
  }

  // What the address says is shown.

  let scrolled = 0;
  let left = null; // the document that was open before

  function show() {
    const listed = state.doc === null && !overviewView.hidden;
    if (listed) scrolled = window.scrollY;
    const before = state.doc;
    readState();
    if (before !== undefined && before !== null) left = before;
    if ((state.q || "") !== search.query) searchFor(state.q || "");
    const inDocument = state.doc !== null;
    const returned = !inDocument && overviewView.hidden;
    overviewView.hidden = inDocument;
    documentView.hidden = !inDocument;
    if (inDocument) {
      if (!shown.length) shown = fitting();
      showDocument(state.doc);
      return;
    }
    opened = null;
    documentView.replaceChildren();
    document.title = "boilerstrip report";
    if (document.activeElement !== part.input) part.input.value = state.q || "";
    showList();
    if (returned && left !== null) {
      overviewView.querySelector(`[data-row="${left}"]`)?.focus({ preventScroll: true });
      window.scrollTo(0, scrolled);
    }
  }

  buildOverview();
  document.getElementById("skip").addEventListener("click", () => {
    (state.doc === null ? part.list.querySelector(".row") || part.input : documentView.querySelector(".fold, h1"))?.focus();
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusout", unquiet);
  document.addEventListener("mouseout", unquiet);
  window.addEventListener("hashchange", show);
  show();
})();
