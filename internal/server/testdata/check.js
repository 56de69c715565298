// Checks of a page that a machine can make, after WCAG 2.2 A and AA. Returns
// what is wrong, in words; personal data stays out of them.
(() => {
  const faults = [];
  const say = (rule, e) => faults.push(rule + ": " + (e ? e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined ? "." + e.className : "") : ""));
  const visible = e => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && e.getClientRects().length > 0;
  const nameOf = e => (e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") || "").split(" ").map(id => (document.getElementById(id) || {}).textContent || "").join(" ") ||
    (e.labels && e.labels.length && [...e.labels].map(l => l.textContent).join(" ")) || e.textContent || e.title || "").trim();

  // The page.
  if (document.documentElement.lang !== "en") say("language of the page (3.1.1)");
  if (!/ · casefold$/.test(document.title)) say("title of the page (2.4.2)");
  for (const l of ["main", "header", "footer", "h1"]) if (document.querySelectorAll("body " + l).length !== 1 && document.querySelectorAll("body > " + l).length !== 1) say("one " + l);
  if (!document.querySelector('a.skip[href="#main"]') || !document.getElementById("main")) say("a way to skip the head (2.4.1)");
  const ids = new Set();
  for (const e of document.querySelectorAll("[id]")) { if (ids.has(e.id)) say("an id twice", e); ids.add(e.id); }
  if (document.querySelector("[style], script, [onclick], [onload]")) say("style attribute or script");

  // Headings go down by one.
  let level = 0;
  for (const h of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const n = +h.tagName[1];
    if (n > level + 1) say("a heading skips a level (1.3.1)", h);
    if (!h.textContent.trim()) say("an empty heading", h);
    level = n;
  }

  // Controls, links, pictures, regions have names.
  for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea")) if (!e.labels.length) say("a control without a label (3.3.2)", e);
  for (const e of document.querySelectorAll("button, a[href], summary")) if (!nameOf(e)) say("a control without a name (4.1.2)", e);
  for (const e of document.querySelectorAll("svg")) if (e.getAttribute("role") !== "img" || !nameOf(e)) say("a picture without a name (1.1.1)", e);
  for (const e of document.querySelectorAll("section, nav, [tabindex='0']")) if (!e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")) say("a region without a name", e);
  for (const e of document.querySelectorAll("[aria-labelledby]")) for (const id of e.getAttribute("aria-labelledby").split(" ")) if (!document.getElementById(id)) say("a label that is not there", e);
  for (const e of document.querySelectorAll("[tabindex]")) if (e.tabIndex > 0) say("an order of its own (2.4.3)", e);

  // Tables say what they are.
  for (const t of document.querySelectorAll("table")) {
    if (!t.caption || !t.caption.textContent.trim()) say("a table without a caption", t);
    for (const th of t.querySelectorAll("th")) if (!th.scope) say("a head cell without a scope (1.3.1)", th);
    if (!t.querySelector("thead th")) say("a table without a head", t);
  }

  // Targets are 24 pixels high, unless they stand inside a sentence (2.5.8).
  for (const e of document.querySelectorAll("button, input:not([type=hidden]), select, summary")) {
    if (!visible(e)) continue;
    const r = e.getBoundingClientRect();
    if (r.height < 23.5 || r.width < 23.5) say("a target of " + Math.round(r.width) + " by " + Math.round(r.height) + " (2.5.8)", e);
  }

  // Contrast (1.4.3): 4.5 to 1; 3 to 1 for large text.
  const rgb = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m.slice(0, 3), 1] : m; };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const lum = c => { const f = c.slice(0, 3).map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * f[0] + .7152 * f[1] + .0722 * f[2]; };
  const paper = e => {
    const stack = [];
    for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 0) stack.push(c); if (c[3] === 1) break; }
    let out = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
    for (const c of stack.reverse()) out = over(c, out);
    return out;
  };
  const seen = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; (n = walk.nextNode());) {
    const e = n.parentElement;
    if (!n.textContent.trim() || seen.has(e) || !visible(e) || e.closest("title, option, .aside, .skip")) continue;
    seen.add(e);
    const s = getComputedStyle(e), svg = e.closest("svg");
    const under = paper(e);
    let ink = rgb(svg ? s.fill : s.color);
    if (svg) ink[3] *= +s.fillOpacity;
    ink = over(ink, under);
    const a = lum(ink), b = lum(under), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const size = parseFloat(s.fontSize), large = size >= 24 || size >= 18.66 && +s.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) say("contrast of " + ratio.toFixed(2) + " to 1 (1.4.3)", e);
  }
  return [...new Set(faults)];
})()
