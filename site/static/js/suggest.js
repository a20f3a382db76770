// 搜索框的提示。没有它,搜索框就是普通的表单。键盘和读屏按 WAI-ARIA 的 combobox + listbox。
const WAIT = 120; // 停手多少毫秒才问
const MOST = 60;

for (const input of document.querySelectorAll("[data-suggest]")) {
  const form = input.form;
  const list = document.createElement("ul");
  list.id = input.id + "-offers";
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  const said = document.getElementById("said"); // 脚本要说的话,随网页的语言
  list.setAttribute("aria-label", (said && said.dataset.sayOffers) || "");
  input.parentNode.append(list);
  input.autocomplete = "off";
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox",
  })) input.setAttribute(name, value);

  let shown = [];
  let at = -1;
  let typed = ""; // 上下键会改框里的字,退回来时要还原
  let timer = 0;
  let asking = null;
  let composing = false;

  const stop = () => { clearTimeout(timer); if (asking) asking.abort(); asking = null; };
  const close = () => {
    stop();
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const move = (to) => {
    stop(); // 已经在选了:晚到的提示不再换掉这一列
    at = to;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    input.value = at < 0 ? typed : shown[at].text;
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (offer) => {
    close();
    input.value = offer.text;
    const url = new URL(offer.url, location.href);
    // 词:和自己打字一样提交,页上选好的条件还在;标题:直接打开那一条。
    if (url.pathname === new URL(form.action).pathname) form.submit();
    else location.assign(url);
  };
  const show = (offers) => {
    shown = offers;
    list.textContent = "";
    offers.forEach((offer, i) => {
      const option = document.createElement("li");
      option.id = list.id + i;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const words = document.createElement("b");
      words.textContent = offer.text;
      const label = document.createElement("span");
      label.className = "meta";
      label.textContent = offer.label;
      option.append(words, " ", label);
      option.addEventListener("mousedown", (event) => event.preventDefault()); // 焦点留在框里
      option.addEventListener("click", () => choose(offer));
      list.append(option);
    });
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (said) said.textContent = offers.length ? said.dataset.sayCount.replace("{n}", offers.length) : "";
  };
  const ask = async () => {
    stop();
    const text = typed.trim();
    if (!text || text.length > MOST) return close();
    const mine = asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: mine.signal, credentials: "omit" });
      const offers = answer.ok ? (await answer.json()).suggestions : [];
      if (mine === asking && document.activeElement === input) show(offers);
    } catch (error) {
      if (mine === asking) close(); // 断网或又打了字:没有提示,照常能搜
    }
  };
  const later = () => { typed = input.value; stop(); timer = setTimeout(ask, WAIT); };

  input.addEventListener("compositionstart", () => { composing = true; stop(); });
  input.addEventListener("compositionend", () => { composing = false; later(); });
  input.addEventListener("input", () => { if (!composing) later(); });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    if (composing || event.isComposing) return;
    const last = shown.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { typed = input.value; return ask(); }
      const down = event.key === "ArrowDown";
      move(down ? (at === last ? -1 : at + 1) : (at < 0 ? last : at - 1));
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // 第一次只收起提示,不清空
      input.value = typed;
      close();
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      choose(shown[at]);
    }
  });
}
