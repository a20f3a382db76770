// A job at work: asks how far it is, moves the bar, and loads the page anew when it waits for a person.
(() => {
  const box = document.querySelector("[data-import]");
  if (!box) return;
  const bar = box.querySelector("[data-import-bar]");
  const words = box.querySelector("[data-import-words]");
  const step = box.querySelector("[data-import-step]");
  let stepping = false;

  const show = (now) => {
    bar.max = now.of;
    bar.value = now.done;
    if (words.textContent !== now.words) words.textContent = now.words;
  };
  // Where no worker runs, this page goes on by itself, some seconds of work a time.
  const goOn = async () => {
    if (!step || stepping) return;
    stepping = true;
    try {
      await fetch(step.action, { method: "POST", body: new FormData(step), credentials: "same-origin" });
    } finally {
      stepping = false;
    }
  };
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.import, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const now = await answer.json();
      show(now);
      if (!now.at_work) return window.location.reload();
      if (now.still) await goOn();
    } catch {
      // The network is away for a moment: asked again below.
    }
    setTimeout(ask, 1000);
  };
  if (!box.querySelector(".sv-bad")) setTimeout(ask, 1000);
})();
