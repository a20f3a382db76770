// A table to fill in and to paste into, over the text box that holds its rows as JSON. The server reads what is pasted: there is one reader.
(() => {
  const { Controller } = window.StimulusModule;
  const FIRST = 30; // rows drawn at once: a phone draws a thousand rows of inputs in seconds
  const FURTHER = 200;
  const KINDS = { text: "文字", number: "数字", money: "金额", date: "日期" };
  const SIDES = { "": "", in: "收入", out: "支出" };
  const DAY = /^\d{4}-\d{2}-\d{2}$/;

  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element && name !== "list") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const button = (words, act, className = "button button-secondary button-small") => {
    const made = make("button", { type: "button", className }, words);
    made.addEventListener("click", act);
    return made;
  };

  class Grid extends Controller {
    static targets = ["source"];
    static values = { what: String, most: Number, columns: Array, url: String, attach: String };

    connect() {
      if (this.box) return;
      this.free = this.whatValue === "table";
      this.shown = FIRST;
      this.before = [];
      this.read();
      this.sourceTarget.hidden = true;
      this.build();
      this.draw();
    }

    disconnect() {
      this.box?.remove();
      this.box = null;
    }

    // What the text box holds, as rows of cells
    read() {
      const said = JSON.parse(this.sourceTarget.value || "null");
      if (this.free) {
        this.caption = said?.caption || "";
        this.columns = (said?.columns || []).map((one) => ({ kind: one.type, label: one.heading }));
        this.rows = (said?.rows || []).map((row) => (row.values || row).map((cell) => (cell == null ? "" : String(cell))));
        if (!this.columns.length) this.columns = [{ kind: "text", label: "" }, { kind: "text", label: "" }];
      } else {
        this.columns = this.columnsValue;
        this.rows = (said || []).map((row) => this.columns.map((column) => row[column.name] || ""));
      }
    }

    write() {
      const named = (row) => Object.fromEntries(this.columns.map((column, n) => [column.name, row[n]]));
      const said = this.free
        ? { caption: this.caption, columns: this.columns.map((one) => ({ type: one.kind, heading: one.label })), rows: this.rows }
        : this.rows.map(named);
      this.sourceTarget.value = JSON.stringify(said);
      this.sourceTarget.dispatchEvent(new Event("change", { bubbles: true }));
      this.dispatch("changed", { detail: { rows: this.rows } });
    }

    build() {
      const name = this.element.closest("[data-contentpath]")?.querySelector("label")?.textContent?.trim() || "表格";
      this.name = name;
      this.table = make("table", { className: "grid-table" });
      this.said = make("div", { className: "grid-said", role: "status" });
      this.more = button("", () => { this.shown += FURTHER; this.draw(); });
      this.undo = button("撤销", () => this.restore());
      this.undo.hidden = true;
      this.panel = this.buildPanel();
      const toggle = button("从表格粘贴", () => {
        this.panel.hidden = !this.panel.hidden;
        toggle.setAttribute("aria-expanded", String(!this.panel.hidden));
        if (!this.panel.hidden) this.panel.querySelector("textarea").focus();
      });
      toggle.setAttribute("aria-expanded", "false");
      this.top = make("div", { className: "grid-tools" }, toggle, this.undo);
      this.below = make("div", { className: "grid-tools" }, this.more, button("加一行", () => this.add()));
      if (this.free) this.below.append(button("加一列", () => this.addColumn()));
      const scroll = make("div", { className: "grid-scroll", role: "group", "aria-label": name }, this.table);
      this.box = make("div", { className: "grid-box" }, this.top, this.panel, this.said);
      if (this.free) this.box.append(this.captionField());
      this.box.append(scroll, this.below);
      this.element.append(this.box);
      this.box.addEventListener("paste", (event) => this.pasted(event));
      this.box.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
      this.box.addEventListener("drop", (event) => {
        const file = event.dataTransfer?.files[0];
        if (file) { event.preventDefault(); this.ask({ file }); }
      });
    }

    captionField() {
      this.captionInput = make("input", { type: "text", value: this.caption, maxLength: 200 });
      this.captionInput.addEventListener("change", () => { this.caption = this.captionInput.value; this.write(); });
      return make("label", { className: "grid-caption" }, "表名", this.captionInput);
    }

    buildPanel() {
      const text = make("textarea", { rows: 4 });
      const file = make("input", { type: "file", accept: ".xlsx,.xls,.et,.csv" });
      const take = button("读进表里", () => {
        if (file.files[0]) this.ask({ file: file.files[0] });
        else this.ask({ text: text.value });
        text.value = file.value = "";
      }, "button button-small");
      text.addEventListener("paste", (event) => { this.pasted(event, true); });
      file.addEventListener("change", () => { if (file.files[0]) { this.ask({ file: file.files[0] }); file.value = ""; } });
      return make(
        "div",
        { className: "grid-panel", hidden: true },
        make("label", {}, "把表格粘贴到这里", text),
        make("label", {}, "或者选一个表格文件（.xlsx、.xls、.et、.csv）", file),
        take,
      );
    }

    draw() {
      const head = make("tr");
      this.columns.forEach((column, n) => head.append(this.free ? this.headField(column, n) : make("th", { scope: "col" }, column.label)));
      head.append(make("td"));
      const body = make("tbody");
      this.rows.slice(0, this.shown).forEach((row, n) => body.append(this.line(row, n)));
      this.table.replaceChildren(make("thead", {}, head), body);
      const hidden = this.rows.length - Math.min(this.shown, this.rows.length);
      this.more.hidden = !hidden;
      this.more.textContent = `还有 ${hidden} 行，再显示 ${Math.min(hidden, FURTHER)} 行`;
    }

    headField(column, n) {
      const label = make("input", { type: "text", value: column.label, "aria-label": `第 ${n + 1} 列的名称`, placeholder: "列名" });
      label.addEventListener("change", () => { column.label = label.value; this.write(); this.draw(); });
      const kind = make("select", { "aria-label": `第 ${n + 1} 列放什么` }, ...Object.entries(KINDS).map(([value, words]) => make("option", { value, selected: value === column.kind }, words)));
      kind.addEventListener("change", () => { column.kind = kind.value; this.write(); this.draw(); });
      const away = button("删列", () => this.keep(() => { this.columns.splice(n, 1); this.rows.forEach((row) => row.splice(n, 1)); }));
      away.setAttribute("aria-label", `删列，第 ${n + 1} 列`);
      return make("th", { scope: "col" }, label, kind, away);
    }

    line(row, n) {
      const line = make("tr");
      this.columns.forEach((column, place) => {
        const words = column.label || `第 ${place + 1} 列`;
        line.append(make("td", { "data-label": words }, this.field(row, n, place, column, `第 ${n + 1} 行，${words}`)));
      });
      const away = button("删行", () => this.keep(() => this.rows.splice(n, 1)));
      away.setAttribute("aria-label", `删行，第 ${n + 1} 行`);
      line.append(make("td", { className: "grid-away" }, away));
      return line;
    }

    field(row, n, place, column, label) {
      let input;
      if (column.kind === "side") {
        input = make("select", {}, ...Object.entries(SIDES).map(([value, words]) => make("option", { value, selected: value === row[place] }, words)));
      } else {
        const asDay = column.kind === "date" && (!row[place] || DAY.test(row[place]));
        input = make("input", { type: asDay ? "date" : "text", value: row[place] });
        if (column.kind === "money" || column.kind === "number") input.inputMode = "decimal";
      }
      input.setAttribute("aria-label", label);
      input.addEventListener("change", () => { row[place] = input.value.trim(); this.write(); });
      return input;
    }

    add() {
      if (this.rows.length >= this.mostValue) return this.say([`网页上的表最多 ${this.mostValue} 行。更长的名单请存成表格文件，作为附件公开。`]);
      const last = this.rows.at(-1);
      const side = this.columns.findIndex((column) => column.kind === "side");
      this.rows.push(this.columns.map((_column, n) => (n === side && last ? last[n] : "")));
      this.shown = Math.max(this.shown, this.rows.length);
      this.write();
      this.draw();
      this.table.querySelector("tbody tr:last-child :is(input, select)")?.focus();
    }

    addColumn() {
      this.keep(() => { this.columns.push({ kind: "text", label: "" }); this.rows.forEach((row) => row.push("")); });
    }

    // Everything that takes words away can be taken back
    keep(act) {
      this.before.push(JSON.stringify({ rows: this.rows, columns: this.columns, caption: this.caption }));
      act();
      this.undo.hidden = false;
      this.write();
      this.draw();
    }

    restore() {
      const last = this.before.pop();
      if (last) {
        const was = JSON.parse(last);
        this.rows = was.rows;
        if (this.free) { this.columns = was.columns; this.caption = was.caption; this.captionInput.value = was.caption || ""; }
        this.write();
        this.draw();
        this.say(["已经撤销，表里和原来一样。"]);
      }
      this.undo.hidden = !this.before.length;
    }

    pasted(event, always = false) {
      if (event.defaultPrevented) return;
      const text = event.clipboardData?.getData("text/plain") || "";
      const html = event.clipboardData?.getData("text/html") || "";
      if (!always && !/[\t\n]/.test(text.trim()) && !/<table/i.test(html)) return; // one cell: the browser pastes it
      if (always && !/\t/.test(text) && !/<table/i.test(html)) return;
      event.preventDefault();
      this.ask({ text, html });
    }

    async ask(parts) {
      const data = new FormData();
      for (const [name, part] of Object.entries(parts)) data.set(name, part);
      data.set("what", this.whatValue);
      data.set("period", document.querySelector('[name="period"]')?.value || "");
      data.set("kind", this.element.closest('[data-controller~="ledger"]')?.querySelector('[name$="-kind"]')?.value || "");
      this.say(["正在读……"]);
      let answer;
      let told;
      try {
        const token = document.querySelector('[name="csrfmiddlewaretoken"]')?.value || "";
        answer = await fetch(this.urlValue, { method: "POST", body: data, headers: { "X-CSRFToken": token } });
        told = await answer.json();
      } catch (fault) {
        return this.say(["没有连上，表没有变。请看看网络，再粘贴一次。"]);
      }
      if (!answer.ok) return this.say(told.sentences || ["没有读成，表没有变。"]);
      this.take(told);
    }

    take(told) {
      const filled = this.filled();
      const rows = this.free ? told.rows : told.rows.map((row) => this.columns.map((column) => row[column.name] || ""));
      const fits = !this.free || (filled && told.columns.length === this.columns.length);
      if (filled && fits && this.rows.length + rows.length > this.mostValue) {
        return this.say([`加上这 ${rows.length} 行就超过 ${this.mostValue} 行了，表没有变。更长的名单请存成表格文件，作为附件公开。`]);
      }
      this.keep(() => {
        if (this.free && !fits) {
          this.columns = told.columns.map((one) => ({ kind: one.type, label: one.heading }));
          this.caption = told.caption || this.caption;
          this.captionInput.value = this.caption;
          this.rows = rows;
        } else {
          this.rows = filled ? [...this.rows, ...rows] : rows;
        }
      });
      this.panel.hidden = true;
      const end = this.free && filled && !fits ? "原来的表换成了新的，按“撤销”可以换回来。" : filled ? "加在原来的行后面了。" : "";
      this.say([...told.said, end].filter(Boolean), told.unread);
    }

    // Rows that came from last time, with their names and without this time's figures, are there to be replaced
    filled() {
      const figures = this.columns.map((column) => (this.free ? ["money", "number"].includes(column.kind) : ["amount", "closing"].includes(column.name)));
      const counts = figures.includes(true) ? figures : figures.map(() => true);
      return this.rows.some((row) => row.some((cell, n) => cell && counts[n]));
    }

    say(said, unread = []) {
      const list = (sentences, className) => make("ul", { className }, ...sentences.map((sentence) => make("li", {}, sentence)));
      this.said.replaceChildren(list(said, "grid-took"));
      if (unread.length) this.said.append(list(unread.slice(0, 20), "grid-unread"));
      if (said.some((sentence) => sentence.includes("作为附件公开"))) {
        this.said.append(make("a", { href: this.attachValue, target: "_blank", rel: "noopener" }, "去上传表格附件"), "，传好以后在下面加一块“附件”选它。");
      }
      if (unread.length > 20) this.said.append(`还有 ${unread.length - 20} 处看不懂。`);
    }
  }

  window.wagtail.app.register("grid", Grid);
})();
