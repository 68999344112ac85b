"""Style and script of the page of errors: both stand in the page, and nothing else is loaded.

Owns nothing but their text. The script only hides and shows what the page already holds.
"""

STYLE = """
:root { color-scheme: light dark; --line: #8885; --good: #2a7d46; --bad: #b3261e; --soft: #8883; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 20rem 1fr; height: 100vh; }
nav { border-right: 1px solid var(--line); overflow: auto; padding: .75rem; }
nav h1 { font-size: 1rem; margin: 0 0 .5rem; }
nav label { display: block; font-size: .85rem; margin-bottom: .35rem; }
nav select { width: 100%; font: inherit; }
nav ol { list-style: none; margin: .75rem 0 0; padding: 0; }
nav button { width: 100%; text-align: left; font: inherit; font-size: .85rem; background: none; color: inherit;
  border: 0; border-left: 3px solid transparent; padding: .25rem .5rem; cursor: pointer; overflow-wrap: anywhere; }
nav button:hover, nav button:focus-visible { background: var(--soft); }
nav button[aria-current] { border-left-color: var(--bad); background: var(--soft); }
nav small { opacity: .75; display: block; }
main { overflow: auto; padding: 1rem 1.5rem 3rem; }
h2 { font-size: 1.1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h3 { font-size: .9rem; margin: 1rem 0 .25rem; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; }
dl { margin: 0; } dt { font-size: .8rem; opacity: .75; } dd { margin: 0 0 .4rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .2rem .75rem .2rem 0; border-bottom: 1px solid var(--soft); }
.text td:first-child { width: 68%; white-space: pre-wrap; overflow-wrap: anywhere; }
.text td:last-child { font-size: .8rem; opacity: .85; }
.opens td:first-child { border-left: 3px solid var(--good); padding-left: .5rem; }
.joins td:first-child { border-left: 3px solid #2a7d4666; padding-left: .5rem; }
.refused td:first-child { border-left: 3px solid var(--bad); padding-left: .5rem; }
.silent td:first-child, .outside td:first-child { padding-left: calc(.5rem + 3px); }
.outside { opacity: .6; }
mark { color: inherit; background: #ffd54a66; }
mark.gold { background: none; border-bottom: 2px dotted #1565c0; }
mark.trigger { background: none; font-weight: 700; border-bottom: 2px solid var(--good); }
mark.taken_back { background: none; text-decoration: line-through; }
mark.evidence.trigger, mark.evidence.gold { background: #ffd54a66; }
.fault { color: var(--bad); }
@media (max-width: 60rem) { body { display: block; height: auto; } .columns { grid-template-columns: 1fr; } }
"""

SCRIPT = """
const pick = name => document.getElementById(name);
const rows = [...document.querySelectorAll('nav li')];
const show = row => {
  for (const one of rows) {
    const button = one.firstElementChild, on = one === row;
    on ? button.setAttribute('aria-current', 'true') : button.removeAttribute('aria-current');
    pick(one.dataset.to).hidden = !on;
  }
  if (row) { row.scrollIntoView({block: 'nearest'}); document.querySelector('main').scrollTop = 0; }
};
const open = () => rows.filter(one => !one.hidden);
const sift = () => {
  const kind = pick('kind').value, set = pick('set').value;
  for (const one of rows) {
    one.hidden = !((!kind || one.dataset.kinds.split(' ').includes(kind)) && (!set || one.dataset.set === set));
  }
  pick('count').textContent = open().length;
  show(open()[0]);
};
for (const one of rows) one.firstElementChild.addEventListener('click', () => show(one));
pick('kind').addEventListener('change', sift);
pick('set').addEventListener('change', sift);
document.addEventListener('keydown', event => {
  const step = {j: 1, k: -1}[event.key];
  if (!step || event.target.tagName === 'SELECT') return;
  const seen = open(), at = seen.findIndex(one => one.firstElementChild.hasAttribute('aria-current'));
  const next = seen[Math.min(Math.max(at + step, 0), seen.length - 1)];
  if (next) show(next);
});
sift();
"""
