// 复制一段文字。没有脚本时按钮不出现，文字照样能选；不是 https 时浏览器没有剪贴板，用老办法。
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    let done = false;
    if (navigator.clipboard) done = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
    if (!done) {
      field.select();
      done = document.execCommand("copy");
    }
    document.getElementById("copied").textContent = done ? button.dataset.copied : "";
  });
}
