// When autosave cannot store: say in plain words what is the matter, keep the text, and store it as soon as it can be.
(() => {
  const LOGIN = "/admin/login/";
  const AWAY = "网断了，您写的还在这一页，连上后会自动再存。";
  const BUSY = "系统忙，没有存上。您写的还在这一页，过一会儿会自动再存。";
  const EXPIRED = "登录过期了，您写的还在这一页。";
  const OTHERS = "别人刚存过这一条。您写的还在这一页，没有自动存；点“存草稿”可以选看最新的，还是以您的为准。";
  const FIRST_WAIT = 3000;
  const LONGEST_WAIT = 30000;
  let wait = FIRST_WAIT;
  let timer = null;

  const box = () => {
    const found = document.getElementById("keep-writing");
    if (found) return found;
    const made = document.createElement("div");
    made.id = "keep-writing";
    made.className = "keep-writing";
    made.setAttribute("role", "alert");
    document.getElementById("w-editor-form").before(made);
    return made;
  };

  const say = (words, signIn) => {
    const place = box();
    if (place.dataset.words === words) return;
    place.dataset.words = words;
    place.textContent = words;
    if (!signIn) return;
    const link = document.createElement("a");
    link.href = `${LOGIN}?next=/admin/handbook/`;
    link.target = "_blank";
    link.textContent = "请点这里登录";
    place.append(link, "（会打开新的一页）。登录好了，这里会自动再存。");
  };

  const quiet = () => {
    clearTimeout(timer);
    timer = null;
    wait = FIRST_WAIT;
    document.getElementById("keep-writing")?.remove();
  };

  // The page to sign in sends those away who are signed in.
  const state = async () => {
    const answer = await fetch(LOGIN, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (!answer) return "away";
    if (answer.type === "opaqueredirect") return "in";
    return answer.ok ? "expired" : "busy";
  };

  // Signing in changes the token that every form must bring.
  const freshToken = () => {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    if (token) for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  };

  const again = async () => {
    timer = null;
    const now = await state();
    if (now === "in") {
      freshToken();
      document.getElementById("w-editor-form").dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: {} }));
    } else {
      say({ away: AWAY, busy: BUSY, expired: EXPIRED }[now], now === "expired");
    }
    later();
  };

  const later = () => {
    if (timer) return;
    timer = setTimeout(again, wait);
    wait = Math.min(wait * 1.5, LONGEST_WAIT);
  };

  document.addEventListener("w-autosave:error", async (event) => {
    if (event.detail.type === "invalid_revision") say(OTHERS, false);
    if (!["network_error", "server_error"].includes(event.detail.type)) return;
    const now = await state();
    say({ away: AWAY, busy: BUSY, expired: EXPIRED, in: BUSY }[now], now === "expired");
    later();
  });
  document.addEventListener("w-autosave:success", quiet);
  window.addEventListener("online", () => { if (timer) { clearTimeout(timer); again(); } });
})();
