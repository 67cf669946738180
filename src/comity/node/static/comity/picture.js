// Draws what the list below says: relations, the map, and moments. Nothing is drawn without script, and nothing is lost.
const PALETTE = ["#3366cc", "#d9722e", "#2f8f57", "#9a4fb5", "#b3313c", "#1f8a99", "#8a6d1f", "#5c5fd6", "#c2528b", "#667"];
const ARROWS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
const ZOOMS = { "+": 1.3, "=": 1.3, "-": 0.77 };

function begin(box) {
  const data = JSON.parse(document.getElementById("picture").textContent);
  box.hidden = false;
  const canvas = document.getElementById("canvas");
  const chart = echarts.init(canvas, null, { renderer: "canvas" });
  const state = { data, box, chart, canvas, shown: "graph", world: null };
  new ResizeObserver(() => chart.resize()).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(state, state.shown));
  box.querySelectorAll("[data-show]").forEach((button) => button.addEventListener("click", () => {
    box.querySelectorAll("[data-show]").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    show(state, button.dataset.show);
  }));
  box.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click",
    () => zoom(state, Number(button.dataset.zoom))));
  box.querySelector("[data-whole]").addEventListener("click", () => show(state, state.shown));
  canvas.addEventListener("keydown", (event) => turn(state, event));
  const filters = document.getElementById("filters");
  filters.addEventListener("input", () => show(state, state.shown));
  filters.addEventListener("submit", (event) => event.preventDefault());
  chart.on("click", (event) => choose(state, event.data));
  show(state, "graph");
  box.dataset.drawn = "graph";
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function moves() {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

async function show(state, what) {
  state.shown = what;
  if (what === "map" && !state.world) {
    const answer = await fetch(state.box.dataset.world);
    echarts.registerMap("world", { svg: await answer.text() });
    state.world = true;
  }
  const ink = colour("--ink");
  const base = {
    animation: moves(),
    animationDuration: 300,
    textStyle: { color: ink, fontFamily: colour("--font") },
    tooltip: { renderMode: "richText", confine: true, formatter: (one) => (one.data && one.data.words) || one.name },
  };
  state.chart.setOption({ ...base, ...{ graph, map, line }[what](state, ink) }, { notMerge: true });
  state.box.dataset.drawn = what;
}

function wanted() {
  const filters = document.getElementById("filters");
  const kinds = new Set([...filters.querySelectorAll("[name=kind]:checked")].map((one) => one.value));
  return { kinds, text: document.getElementById("seek").value.trim().toLocaleLowerCase() };
}

function graph({ data, canvas }, ink) {
  const { kinds, text } = wanted();
  const names = Object.keys(data.kinds);
  const marks = data.marks.filter((mark) => kinds.has(mark.kind));
  const there = new Set(marks.map((mark) => mark.id));
  const big = marks.length > 400;
  const scale = fitting(data.marks, canvas);
  const nodes = marks.map((mark) => {
    const found = !text || mark.name.toLocaleLowerCase().includes(text);
    const size = Math.max(4, scale * ({ state: 70, holder: 36 }[mark.kind] || 22));
    return {
      id: mark.id, name: mark.id, words: mark.name, x: mark.x, y: mark.y, category: names.indexOf(mark.kind),
      symbol: { state: "roundRect", holder: "diamond" }[mark.kind] || "circle",
      symbolSize: text && found ? size + 8 : size,
      itemStyle: { opacity: found ? 1 : 0.15 },
      label: { show: found && (mark.kind === "state" || (!big && mark.kind === "holder") || marks.length < 60 || Boolean(text)), formatter: clipped(mark.name) },
    };
  });
  const strokes = { tie: "solid", mail: "dashed", money: "dotted" };
  const links = data.lines.filter((line) => there.has(line.source) && there.has(line.target)).map((line) => ({
    source: line.source, target: line.target, words: line.name,
    symbol: line.kind === "tie" ? ["none", "none"] : ["none", "arrow"],
    lineStyle: { type: strokes[line.kind], width: line.kind === "tie" ? 1 : 2.5, opacity: big ? 0.35 : 0.7 },
  }));
  return {
    series: [{
      type: "graph", layout: "none", left: 24, right: 24, top: 24, bottom: 40, preserveAspect: true, roam: true, draggable: true, data: nodes, links,
      categories: names.map((name, place) => ({ name: data.kinds[name], itemStyle: { color: PALETTE[place % PALETTE.length] } })),
      edgeSymbolSize: [0, 8], lineStyle: { color: colour("--soft"), curveness: big ? 0 : 0.08 },
      label: { color: ink, position: "bottom", fontSize: 12, textBorderColor: colour("--paper"), textBorderWidth: 3 },
      labelLayout: { hideOverlap: true },
      emphasis: { focus: big ? "none" : "adjacency" },
      scaleLimit: { min: 0.2, max: 20 },
    }],
  };
}

function fitting(marks, { clientWidth, clientHeight }) {
  const span = (axis) => Math.max(...marks.map((mark) => mark[axis])) - Math.min(...marks.map((mark) => mark[axis])) + 80;
  return marks.length ? 0.92 * Math.min(clientWidth / span("x"), clientHeight / span("y")) : 1;
}

function clipped(name) {
  return (name.length > 34 ? `${name.slice(0, 33)}…` : name).replace(/[{}|]/g, " ");
}

function map({ data }, ink) {
  const colours = { mail: PALETTE[0], reply: PALETTE[3], money: PALETTE[1] };
  return {
    geo: {
      map: "world", left: 0, right: 0, top: 0, bottom: 0, preserveAspect: true, roam: true, scaleLimit: { min: 0.8, max: 20 },
      itemStyle: { areaColor: colour("--wash"), borderColor: colour("--line") },
      emphasis: { label: { show: false } }, select: { disabled: true }, tooltip: { show: false },
    },
    series: [
      {
        type: "lines", coordinateSystem: "geo", symbol: ["none", "arrow"], symbolSize: 9,
        data: data.arcs.map((arc) => ({
          coords: [arc.source, arc.target], words: arc.name,
          lineStyle: { color: colours[arc.kind], width: 2, curveness: 0.25, opacity: 0.9 },
        })),
      },
      {
        type: "scatter", coordinateSystem: "geo", symbolSize: 14, itemStyle: { color: PALETTE[4] },
        data: data.spots.map((spot) => ({ id: spot.id, name: spot.name, value: spot.at })),
        label: { show: true, position: "right", color: ink, formatter: "{b}", textBorderColor: colour("--paper"), textBorderWidth: 3 },
        labelLayout: { hideOverlap: true },
      },
    ],
  };
}

function line({ data }, ink) {
  const kinds = Object.keys(data.moments);
  const axis = { axisLine: { lineStyle: { color: ink } }, axisLabel: { color: ink }, splitLine: { lineStyle: { color: colour("--line") } } };
  return {
    grid: { left: 16, right: 24, top: 16, bottom: 72, containLabel: true },
    xAxis: { type: "time", ...axis },
    yAxis: { type: "category", data: kinds.map((kind) => data.moments[kind]), ...axis },
    dataZoom: [{ type: "inside" }, { type: "slider", height: 28, showDataShadow: false, textStyle: { color: ink } }],
    series: [{
      type: "scatter", symbolSize: 14,
      data: data.dots.map((dot) => ({
        value: [dot.at, kinds.indexOf(dot.kind)], name: dot.name, words: `${dot.at}\n${clipped(dot.name)}`, step: dot.step,
        itemStyle: { color: PALETTE[kinds.indexOf(dot.kind) % PALETTE.length] },
      })),
    }],
  };
}

function choose({ box }, thing) {
  if (thing && thing.step) {
    location.assign(`${box.dataset.plan}#${thing.step}`);
  } else if (thing && thing.id) {
    const address = `${box.dataset.here}?of=${encodeURIComponent(thing.id)}`;
    htmx.ajax("GET", address, { target: "#relation", swap: "innerHTML" })
      .then(() => document.getElementById("relation").focus({ preventScroll: true }));
  }
}

function turn(state, event) {
  const [dx, dy] = ARROWS[event.key] || [];
  if (dx !== undefined) {
    roam(state, { dx, dy });
  } else if (ZOOMS[event.key]) {
    zoom(state, ZOOMS[event.key]);
  } else {
    return;
  }
  event.preventDefault();
}

function zoom(state, by) {
  const { clientWidth, clientHeight } = state.canvas;
  if (state.shown === "line") {
    const { start, end } = state.chart.getOption().dataZoom[0];
    const half = Math.min(50, (end - start) / by / 2);
    const middle = Math.min(100 - half, Math.max(half, (start + end) / 2));
    state.chart.dispatchAction({ type: "dataZoom", start: middle - half, end: middle + half });
  } else {
    roam(state, { zoom: by, originX: clientWidth / 2, originY: clientHeight / 2 });
  }
}

function roam(state, how) {
  if (state.shown === "line") return;
  const part = state.shown === "graph" ? { type: "graphRoam", seriesIndex: 0 } : { type: "geoRoam", componentType: "geo", geoIndex: 0 };
  state.chart.dispatchAction({ ...part, ...how });
}

const box = document.getElementById("pictures");
if (box && globalThis.echarts) begin(box);
