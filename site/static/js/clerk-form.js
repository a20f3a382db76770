// The clerk's form: sums of finance tables while one types, a heading and an example beside each element, and how autosave speaks.
(() => {
  const { Controller } = window.StimulusModule;
  const CENTS = 100n;

  // "１，２３４．５" as 123450n; null for what is no amount
  const cents = (words) => {
    const plain = String(words || "").normalize("NFKC").replace(/[,\s¥￥元]/g, "");
    if (!plain) return 0n;
    const found = /^([+-]?)(\d+)(?:\.(\d{1,2}))?$/.exec(plain);
    return found ? BigInt(found[1] + found[2] + (found[3] || "").padEnd(2, "0")) : null;
  };
  const yuan = (sum) => {
    const size = sum < 0n ? -sum : sum;
    const whole = (size / CENTS).toString().replace(/\B(?=(\d{3})+$)/g, ",");
    return `${sum < 0n ? "-" : ""}${whole}.${(size % CENTS).toString().padStart(2, "0")}`;
  };
  const figure = (words) => { // amounts of resources may have more decimals: ten thousandths
    const found = /^([+-]?)(\d*)(?:\.(\d{1,4}))?$/.exec(String(words || "").normalize("NFKC").replace(/[,\s]/g, ""));
    return found ? BigInt(`${found[1]}${found[2] || "0"}${(found[3] || "").padEnd(4, "0")}`) : null;
  };

  class Ledger extends Controller {
    static values = { shape: String };

    connect() {
      this.count = this.count.bind(this);
      this.result = document.createElement("p");
      this.result.className = "ledger-result";
      this.result.setAttribute("role", "status");
      this.element.append(this.result);
      for (const name of ["grid:changed", "input", "change"]) this.element.addEventListener(name, this.count);
      this.count();
    }

    disconnect() {
      this.result.remove();
      for (const name of ["grid:changed", "input", "change"]) this.element.removeEventListener(name, this.count);
    }

    value(name) {
      return this.element.querySelector(`[name$="-${name}"]`)?.value || "";
    }

    count() {
      let rows;
      try { rows = JSON.parse(this.value("rows") || "[]"); } catch (fault) { return; }
      const words = rows.length ? this[this.shapeValue](rows) : "填好以后，这里会算合计。";
      if (words !== this.result.textContent) this.result.textContent = words;
    }

    flow(rows) {
      const side = (name) => rows.filter((row) => row.side === name).reduce((sum, row) => sum + (cents(row.amount) ?? 0n), 0n);
      const income = side("in");
      const expense = side("out");
      const opening = cents(this.value("opening")) ?? 0n;
      const expected = this.value("kind") === "expense" ? opening + expense - income : opening + income - expense;
      return `收入 ${yuan(income)} 元，支出 ${yuan(expense)} 元，期末应当是 ${yuan(expected)} 元。${this.compared("closing", expected)}`;
    }

    plan(rows) {
      const sum = rows.reduce((total, row) => total + (cents(row.amount) ?? 0n), 0n);
      return `各行加起来 ${yuan(sum)} 元。${this.compared("total", sum)}`;
    }

    stock(rows) {
      const wrong = rows.flatMap((row, n) => {
        const [opening, increase, decrease, closing] = ["opening", "increase", "decrease", "closing"].map((name) => figure(row[name]));
        if ([opening, increase, decrease, closing].includes(null)) return [n + 1];
        return opening + increase - decrease === closing ? [] : [n + 1];
      });
      return wrong.length ? `第 ${wrong.slice(0, 8).join("、")} 行对不上：期初加增加减减少，应当等于期末。` : "每一行都对得上。";
    }

    compared(name, expected) {
      const written = this.value(name);
      if (!written.trim()) return "";
      const stated = cents(written);
      if (stated === null) return "填的数看不懂。";
      if (stated === expected) return "对得上。";
      return `和填的差 ${yuan(stated > expected ? stated - expected : expected - stated)} 元，请核对。`;
    }
  }

  class Element extends Controller {
    connect() {
      this.name = this.element.querySelector('[name$="-name"]');
      this.nil = this.element.querySelector('[name$="-nil"]');
      this.dress = this.dress.bind(this);
      this.nil?.addEventListener("change", this.dress);
      document.addEventListener("guide:changed", this.dress);
      this.dress();
    }

    disconnect() {
      this.nil?.removeEventListener("change", this.dress);
      document.removeEventListener("guide:changed", this.dress);
    }

    field(name) {
      return this.element.querySelector(`[data-contentpath="${name}"]`);
    }

    dress() {
      const named = Boolean(this.name?.value.trim());
      if (this.field("name")) this.field("name").hidden = named;
      if (this.field("reason")) this.field("reason").hidden = !this.nil?.checked;
      if (this.field("words")) this.field("words").hidden = Boolean(this.nil?.checked) && !this.field("words").querySelector("textarea").value.trim();
      this.beside?.remove();
      if (named) this.element.prepend((this.beside = this.help(this.name.value.trim())));
    }

    help(name) {
      const guide = JSON.parse(document.getElementById("element-guide")?.textContent || "null");
      const found = guide?.examples.find((one) => one.name === name);
      const box = document.createElement("div");
      box.className = "element-help";
      const heading = document.createElement("h3");
      heading.textContent = name;
      box.append(heading);
      if (found) {
        const example = document.createElement("p");
        example.className = "element-example";
        example.textContent = `${found.source}：${found.words}`;
        box.append(example);
      }
      if (found && guide.basis) {
        const basis = document.createElement("details");
        const summary = document.createElement("summary");
        summary.textContent = "为什么要公开";
        const words = document.createElement("p");
        words.textContent = guide.basis;
        basis.append(summary, words);
        box.append(basis);
      }
      return box;
    }
  }

  // Another item: its guide comes, what is written stays; missing elements come when the draft is saved.
  class Guide extends Controller {
    static values = { url: String };
    static targets = ["said"];

    connect() {
      this.changed = this.changed.bind(this);
      this.item = document.querySelector('select[name="item"]');
      this.item?.addEventListener("change", this.changed);
    }

    disconnect() {
      this.item?.removeEventListener("change", this.changed);
    }

    async changed() {
      const unit = document.querySelector('[name="unit"]')?.value || "";
      const answer = await fetch(`${this.urlValue}?item=${encodeURIComponent(this.item.value)}&unit=${encodeURIComponent(unit)}`).catch(() => null);
      if (!answer?.ok) return;
      const guide = await answer.json();
      document.getElementById("element-guide").textContent = JSON.stringify(guide);
      const names = guide.examples.map((one) => one.name).join("、");
      this.saidTarget.textContent = names ? `“${guide.item}”要写这些：${names}。存一下草稿，这些格子就会出来；已经写的都在。` : "";
      document.dispatchEvent(new Event("guide:changed"));
    }
  }

  window.wagtail.app.register("ledger", Ledger);
  window.wagtail.app.register("element", Element);
  window.wagtail.app.register("guide", Guide);

  // A new text that does not say yet whose it is cannot be stored: say nothing instead of scolding.
  window.addEventListener("w-autosave:save", (event) => {
    const form = document.getElementById("w-editor-form");
    const waits = ["unit", "item", "title"].some((name) => form?.elements.namedItem(name) && !form.elements.namedItem(name).value.trim());
    if (waits) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  document.addEventListener("w-autosave:success", () => {
    const now = new Date();
    const time = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    const words = document.querySelector("#w-autosave-indicator .w-autosave-indicator__state--saved .w-autosave-indicator__text");
    if (words) words.textContent = `已自动存好，${time}`;
  });
})();
