import attributes from "markdown-it-attrs";
import footnotes from "markdown-it-footnote";

const languages = ["ar", "en"];
const formats = Object.fromEntries(
  languages.map((language) => [language, new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" })]),
);

function newest(api, language) {
  return api.getFilteredByTag("briefings").filter((each) => each.data.lang === language).reverse();
}

export default function (config) {
  config.amendLibrary("md", (library) => library.set({ typographer: true }).use(footnotes).use(attributes));
  config.addFilter("withoutLanguage", (url) => url.slice(3));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("longDay", (date, language) => formats[language].format(date));
  config.addCollection("newest", (api) => Object.fromEntries(languages.map((each) => [each, newest(api, each)])));
  config.addCollection("parts", (api) =>
    languages.flatMap((language) => {
      const all = newest(api, language);
      const count = Math.ceil(all.length / 100);
      return Array.from({ length: count }, (_, n) => ({
        language,
        count,
        path: n ? `page/${n + 1}/` : "",
        briefings: all.slice(100 * n, 100 * (n + 1)),
      }));
    }),
  );
  config.addCollection("terms", (api) => {
    const found = {};
    for (const language of languages) {
      for (const each of newest(api, language)) {
        for (const term of [...each.data.topics, ...each.data.sources]) {
          (found[`${language}/${term}`] ??= []).push(each);
        }
      }
    }
    return found;
  });
  return {
    dir: { input: "content", includes: "../_includes", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
