package demo

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"thermie/proof"
)

// What a person would stumble over on a page, asked of the browser itself:
// a word cut off at the right, an image without a text, a heading left out,
// a table without heads, a language that is not said.
const stumbles = `(() => {
  const found = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push('the page is ' + wide + ' px wider than the window');
  for (const e of document.querySelectorAll('main table'))
    if (e.scrollWidth > e.parentElement.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth)
      found.push('cut table: ' + (e.caption ? e.caption.textContent : '?'));
  for (const e of document.querySelectorAll('svg[role=img]'))
    if (!e.getAttribute('aria-labelledby') && !e.getAttribute('aria-label')) found.push('a chart without a text');
  for (const e of document.querySelectorAll('table'))
    if (!e.querySelector('th[scope]')) found.push('a table without heads');
  let last = 0;
  for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
    const level = +h.tagName[1];
    if (level > last + 1) found.push('heading level ' + level + ' after ' + last + ': ' + h.textContent);
    last = level;
  }
  if (document.querySelectorAll('h1').length !== 1) found.push('not exactly one h1');
  if (!document.documentElement.lang) found.push('no language');
  if (!document.querySelector('main')) found.push('no main landmark');
  if (/undefined|NaN|%!|<no value>|\{[a-z_]+\./.test(document.body.innerText)) found.push('a hole in the text');
  return found;
})()`

// barriers are what the rules of WCAG 2.2, levels A and AA, find.
const barriers = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r =>
  r.violations.map(v => v.id + ': ' + v.help + ': ' + v.nodes.length + ' times, such as ' + v.nodes[0].html.slice(0, 200)))`

func TestPagesAsABrowserShowsThem(t *testing.T) {
	ctx, axe := browser(t), proof.Axe(t)
	out := t.TempDir()
	d, err := Run(ctx, Options{Out: out, Listen: "127.0.0.1:0", Lang: "fr",
		Date: time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC), Software: "test"}, NewProgress(io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, page := range []string{"", "territory/" + siren, "site/micro-dc", "site/air-5mw", "site/dlc-2mw", "site/colo-declaree", "network/val-fictif"} {
		for _, lang := range []string{"fr", "en"} {
			t.Run(fmt.Sprintf("%s in %s", page, lang), func(t *testing.T) {
				look(t, ctx, axe, fmt.Sprintf("%s/%s?lang=%s", d.url(), page, lang))
			})
		}
	}
	t.Run("the dossier", func(t *testing.T) { look(t, ctx, axe, "file://"+out+"/pcaet/pcaet.html") })
	if proof.Updating() { // the README's picture
		takePicture(t, ctx, "file://"+out+"/pcaet/pcaet.html")
	}
}

// browser is a real Chromium, or a reason to skip.
func browser(t *testing.T) context.Context {
	t.Helper()
	program := proof.Program(t, "chromium", proof.Debian)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1000, 1300),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocated, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(cancel)
	return ctx
}

func look(t *testing.T, ctx context.Context, axe, address string) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](stumbles))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](axe)); err != nil {
		t.Fatal(err)
	}
	barred, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](barriers, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, stumble := range append(found, barred...) {
		t.Errorf("%s: %s", address, stumble)
	}
}

// takePicture is the README's: the first page of the dossier.
func takePicture(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("page.png", picture, 0o644); err != nil {
		t.Fatal(err)
	}
}
