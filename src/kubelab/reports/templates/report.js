"use strict";
// The page is whole without this: it adds the filter, a button to copy a command, and a box with the exact times.
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const scenarios = all("details.scenario");

  const words = new Map();
  const textOf = (scenario) => {
    if (!words.has(scenario)) words.set(scenario, `${one("h3", scenario.parentElement).textContent} ${scenario.textContent}`.toLowerCase());
    return words.get(scenario);
  };

  const filter = () => {
    const outcomes = new Set(all("#filter input:checked").map((box) => box.value));
    const wanted = one("#text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const [tag, version] = ["#tag", "#version"].map((choice) => one(choice)?.value ?? "");
    const fits = (scenario) =>
      outcomes.has(scenario.dataset.o) &&
      (!tag || (scenario.dataset.t ?? "").split(" ").includes(tag)) &&
      (!version || scenario.dataset.v === version) &&
      wanted.every((word) => textOf(scenario).includes(word));
    for (const scenario of scenarios) scenario.hidden = !fits(scenario);
    for (const part of [...all(".lab"), ...all(".chapter")]) part.hidden = !one("details.scenario:not([hidden])", part);
    const found = scenarios.filter((scenario) => !scenario.hidden).length;
    one("#found").textContent = `${found} of ${scenarios.length}`;
    one("#nothing").hidden = found > 0;
  };

  const openAll = (open) => {
    for (const scenario of scenarios) if (!scenario.hidden) scenario.open = open;
  };

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target || !target.matches("details.scenario")) return;
    if (target.hidden) {
      one("#filter").reset();
      filter();
    }
    target.open = true;
    target.scrollIntoView();
    one("summary", target).focus({ preventScroll: true });
  };

  const form = one("#filter");
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  one("#open").addEventListener("click", () => openAll(true));
  one("#close").addEventListener("click", () => openAll(false));
  addEventListener("hashchange", reveal);
  filter();
  reveal();

  if (navigator.clipboard) {
    for (const line of all(".again")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(one("code", line).textContent);
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = "Copy"), 1500);
      });
      line.append(button);
    }
  }

  // What can be pointed at is made so when its scenario is opened. A title would be shown a second time by the browser: its text becomes the
  // label, which says the same to a screen reader.
  const HITS = { lane: [-11, 30], group: [-11, 42], branch: [-10, 28] };
  const prepare = (title) => {
    const part = title.parentElement;
    const [top, height] = HITS[part.getAttribute("class")] ?? [-11, 28];
    const hit = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const narrow = !(part.getAttribute("class") in HITS);
    const place = { class: "hit", y: top, height, x: narrow ? one("[x]", part).getAttribute("x") : 0, width: narrow ? "2%" : "100%" };
    for (const [name, value] of Object.entries(place)) hit.setAttribute(name, value);
    part.prepend(hit);
    const number = /^Sentence (\d+)/.exec(title.textContent)?.[1];
    const sentence = number && one(`.sentences li:nth-child(${number}) div`, part.closest(".body"));
    part.setAttribute("aria-label", sentence ? `${[...sentence.childNodes].slice(0, 3).map((node) => node.textContent.trim()).join(" ")}\n${title.textContent}` : title.textContent);
    part.setAttribute("role", "img");
    part.setAttribute("tabindex", "0");
    title.remove();
  };
  const ready = (scenario) => scenario.open && all("g > title", scenario).forEach(prepare);
  for (const scenario of scenarios) {
    ready(scenario);
    scenario.addEventListener("toggle", () => ready(scenario));
  }

  const box = one("#box");
  const show = (part, x, y) => {
    const [first, ...rest] = part.getAttribute("aria-label").split("\n");
    box.replaceChildren(Object.assign(document.createElement("b"), { textContent: first }), rest.length ? `\n${rest.join("\n")}` : "");
    box.hidden = false;
    const room = document.documentElement;
    box.style.left = `${Math.max(4, Math.min(x + 14, room.clientWidth - box.offsetWidth - 4))}px`;
    box.style.top = `${y + 18 + box.offsetHeight > room.clientHeight ? Math.max(4, y - box.offsetHeight - 12) : y + 18}px`;
  };
  const hide = () => (box.hidden = true);
  const partOf = (event) => event.target.closest?.('svg [role="img"]');
  document.addEventListener("pointermove", (event) => {
    const part = partOf(event);
    if (part) show(part, event.clientX, event.clientY);
    else hide();
  });
  const showFocused = () => {
    const part = document.activeElement;
    if (!part.matches('svg [role="img"]')) return hide();
    const place = part.getBoundingClientRect();
    show(part, place.left, place.bottom - 14);
  };
  document.addEventListener("focusin", showFocused);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", showFocused, { passive: true }); // as the browser does to show what gets the focus
})();
