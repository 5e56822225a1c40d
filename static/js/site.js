/* Comfort: everything here can be done without. A classic script in the head, so that it also runs
   from a folder, and so that the chosen colours stand before the first paint. */
"use strict";

(function () {
  const root = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  /* What a reader has chosen stays in this browser; where that is forbidden, on this page. */
  const memory = {
    get(name) {
      try {
        return localStorage.getItem(name) || "";
      } catch {
        return "";
      }
    },
    set(name, value) {
      try {
        localStorage.setItem(name, value);
      } catch {
        /* it holds for this page */
      }
    },
  };

  // --- colours ------------------------------------------------------------------------------

  const paint = (theme) => {
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
  };

  root.dataset.scripted = "";
  paint(memory.get("mujaz-colours"));

  const offerColours = (line) => {
    const choice = line.querySelector("select");
    choice.value = memory.get("mujaz-colours");
    choice.addEventListener("change", () => {
      memory.set("mujaz-colours", choice.value);
      paint(choice.value);
    });
  };

  // --- copying ------------------------------------------------------------------------------

  const write = async (text, shown) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const selection = getSelection();
      selection.selectAllChildren(shown);
      const done = document.execCommand("copy");
      if (done) {
        selection.removeAllRanges();
      }
      return done; // what is selected can still be copied by hand
    }
  };

  const offerCopy = (button) => {
    const shown = document.getElementById(button.dataset.copies);
    const words = button.textContent;
    button.addEventListener("click", async () => {
      const text = shown.textContent.replace(/\s+/g, " ").trim();
      if (await write(text, shown)) {
        button.textContent = button.dataset.done;
        setTimeout(() => {
          button.textContent = words;
        }, 2000);
      }
    });
  };

  // --- the same place in the other language -------------------------------------------------

  /* The versions of a text mostly have the same sections in the same order, so a section is named
     by its number and by how many there are: "#~3/6" is the third heading of six. */
  const headings = () => all(".text :is(h2, h3)");

  const keepPlace = (link) => {
    const href = link.getAttribute("href");
    link.addEventListener("click", () => {
      const passed = headings().filter((each) => each.getBoundingClientRect().top < innerHeight / 3);
      const place = passed.length ? `#~${passed.length}/${headings().length}` : "";
      link.setAttribute("href", href + place);
    });
  };

  const takePlace = () => {
    const match = /^#~(\d+)\/(\d+)$/.exec(location.hash);
    if (match) {
      history.replaceState(null, "", location.pathname + location.search);
      const here = headings();
      if (here.length === Number(match[2])) {
        here[match[1] - 1]?.scrollIntoView({ behavior: "instant" });
      }
    }
  };

  // --- filtering and sorting ----------------------------------------------------------------

  /* Words are compared without marks, and without the forms of a letter that readers mix up. */
  const fold = (text) =>
    text
      .normalize("NFKD")
      .replace(/[\p{M}\u0640]/gu, "")
      .replace(/\u0649/g, "\u064a")
      .replace(/\u0629/g, "\u0647")
      .toLowerCase();

  const offerFilter = (form) => {
    const sections = all(".catalogue");
    const rows = all(".catalogue .sources > li").map((row) => ({
      row,
      list: row.parentElement,
      words: fold(all(".entry-title, bdi, code", row).map((each) => each.textContent).join(" ")),
    }));
    const orders = {
      issued: (a, b) => (a.row.dataset.issued || "9").localeCompare(b.row.dataset.issued || "9"),
      cited: (a, b) => b.row.dataset.cited - a.row.dataset.cited,
    };
    const shown = form.querySelector("output");

    const fits = (each, asked) =>
      fold(asked.get("words") || "")
        .split(/\s+/)
        .every((word) => each.words.includes(word)) &&
      ["topics", "origins", "language"].every((key) => {
        const value = asked.get(key);
        return !value || each.row.dataset[key].split(" ").includes(value);
      });

    const apply = () => {
      const asked = new FormData(form);
      const order = orders[asked.get("order")];
      for (const each of order ? [...rows].sort(order) : rows) {
        each.row.hidden = !fits(each, asked);
        (order ? rows[0].list : each.list).append(each.row);
      }
      for (const section of sections) {
        section.hidden = !section.querySelector(".sources > li:not([hidden])");
        section.querySelector("h2").hidden = Boolean(order);
      }
      const number = rows.filter((each) => !each.row.hidden).length;
      shown.textContent = number ? `${number} / ${rows.length}` : shown.dataset.none;
    };

    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
  };

  // --- on paper ---------------------------------------------------------------------------

  /* The running head of a printed page; the style sheet takes it from here. */
  const nameSheets = () => {
    const parts = all("h1, .opening .facts time").map((each) => each.textContent.trim());
    root.dataset.running = parts.slice(0, 2).join(" · ");
  };

  // --- on every page ------------------------------------------------------------------------

  document.addEventListener("DOMContentLoaded", () => {
    all(".colours").forEach(offerColours);
    all(".copy").forEach(offerCopy);
    all(".filter").forEach(offerFilter);
    all(".masthead .languages a[rel=alternate]").forEach(keepPlace);
    takePlace();
    nameSheets();
  });
})();
