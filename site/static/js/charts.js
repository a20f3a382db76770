// 督办台的走势图。没有脚本时页面上有同样数字的表；数据来自 json_script，不写行内脚本。
for (const box of document.querySelectorAll("[data-chart]")) {
  const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  box.hidden = false;
  box.setAttribute("aria-hidden", "true"); // 读屏念下面的表
  const chart = echarts.init(box, null, { renderer: "svg" });
  const draw = () => {
    const text = color("--w-color-text-label");
    chart.setOption({
      animation: false,
      textStyle: { color: text, fontSize: 14 },
      legend: { top: 0, textStyle: { color: text } },
      grid: { left: 56, right: 16, top: 40, bottom: 32 },
      tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (value) => (value == null ? "–" : value + "%") },
      xAxis: { type: "category", data: data.x, axisLabel: { color: text } },
      yAxis: { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value}%", color: text } },
      series: [
        { name: data.names[0], type: "line", connectNulls: true, data: data.rate, symbol: "circle", symbolSize: 9, lineStyle: { width: 3 }, color: "#1f6fc4" },
        { name: data.names[1], type: "line", connectNulls: true, data: data.time, symbol: "diamond", symbolSize: 11, lineStyle: { width: 3, type: "dashed" }, color: "#c2571a" },
      ],
    });
  };
  draw();
  new ResizeObserver(() => chart.resize()).observe(box);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
