// node run.mjs ENGINE TEMPLATE DATA OUT COUNT: the CPU milliseconds of each document, as JSON.
//
// Everything that an engine does for a document is counted; reading template and data from disk
// and as many documents before the ones that count, in which node compiles its code, are not.
import { readFileSync, writeFileSync } from "node:fs";

const ENOUGH = 4000; // milliseconds, for slow engines
const [engine, template, data, out, count] = process.argv.slice(2);

// Each engine as its manual shows it, with the quicker choice wherever it offers one.
const engines = {
  async docxtemplater(file) {
    const { default: PizZip } = await import("pizzip");
    const { default: Docxtemplater } = await import("docxtemplater");
    return async (facts) => {
      const document = new Docxtemplater(new PizZip(file), { paragraphLoop: true, linebreaks: true });
      document.render(facts);
      return document.getZip().generate({ type: "nodebuffer", compression: "STORE" });
    };
  },
  async "easy-template-x"(file) {
    const { TemplateHandler } = await import("easy-template-x");
    const handler = new TemplateHandler();
    return (facts) => handler.process(file, facts);
  },
  async "docx-templates"(file) {
    const { createReport } = (await import("docx-templates")).default;
    const choices = {
      cmdDelimiter: ["{", "}"],
      noSandbox: true,
      processLineBreaksAsNewText: true,
      compressionLevel: 0,
      indentXml: false,
    };
    return (facts) => createReport({ template: file, data: facts, ...choices });
  },
  async carbone() {
    const { default: carbone } = await import("carbone");
    return (facts) =>
      new Promise((done, fail) => {
        carbone.render(template, facts, (error, made) => (error ? fail(error) : done(made)));
      });
  },
};

const make = await engines[engine](readFileSync(template));
const facts = readFileSync(data, "utf8");
let made;

async function several() {
  const taken = [];
  const end = Date.now() + ENOUGH;
  while (taken.length < Number(count) && (taken.length < 2 || Date.now() < end)) {
    const own = JSON.parse(facts); // some engines write into what they are given
    const start = process.cpuUsage();
    made = await make(own);
    const spent = process.cpuUsage(start);
    taken.push((spent.user + spent.system) / 1000);
  }
  return taken;
}

await several();
const taken = await several();
writeFileSync(out, made);
console.log(JSON.stringify(taken));
process.exit(0); // carbone keeps a worker waiting
