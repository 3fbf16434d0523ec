() => {
  const parse = (text) => { const n = text.match(/[\d.]+/g).map(Number); return [n[0], n[1], n[2], n.length > 3 ? n[3] : 1]; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (c) => { const v = [0, 1, 2].map((i) => c[i] / 255).map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  const behind = (node) => { const layers = [];
    for (let at = node; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); layers.push(c); if (c[3] === 1) break; }
    let base = [255, 255, 255, 1]; for (const layer of layers.reverse()) base = over(layer, base); return base; };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !node.checkVisibility() || node.closest(".hidden, .skip, .avatar, option, script, style, template, :disabled")) continue;
    const style = getComputedStyle(node), back = behind(node), ink = parse(style.color);
    let faint = 1; for (let at = node; at; at = at.parentElement) faint *= Number(getComputedStyle(at).opacity);
    const front = over([ink[0], ink[1], ink[2], ink[3] * faint], back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(`${node.tagName}.${node.className} ${ratio.toFixed(2)} «${node.textContent.trim().slice(0, 30)}»`);
  }
  return poor;
}
