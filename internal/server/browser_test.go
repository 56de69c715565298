package server

import (
	"context"
	_ "embed"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/engine"
	"github.com/casefold/casefold/internal/project"
	"github.com/casefold/casefold/internal/synth"
)

// shots, if set, is a folder for a picture of every page that the tests see.
var shots = os.Getenv("CASEFOLD_SHOTS")

// chromium finds the browser or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium here: the pages are not tried in a browser (apt-get install chromium)")
	return ""
}

// A county is a small store behind a server, with a person worth a look.
type county struct {
	engine *engine.Engine
	server *httptest.Server
	person *casefold.History // has a conviction that a law answers, and a possible link
	link   engine.NeighbourView
	batch  string
}

func newCounty(t *testing.T) *county {
	t.Helper()
	dir := t.TempDir()
	if err := synth.Generate(synth.Defaults(250, 3), synth.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	p, problems := project.Load(filepath.Join(dir, project.FileName))
	if p == nil {
		t.Fatal(casefold.Problems(problems))
	}
	e, err := engine.Open(p, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	if _, err := e.Run(context.Background(), engine.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	prepared, err := e.FilePrepare("a test")
	if err != nil || len(prepared.Batches) == 0 {
		t.Fatalf("%d batches, %v", len(prepared.Batches), err)
	}
	c := &county{engine: e, server: httptest.NewServer(New(e, "test")), batch: prepared.Batches[0].ID}
	t.Cleanup(c.server.Close)
	c.choose(t)
	return c
}

// choose takes the first person of the batch who also has a possible link; one
// without, if there is none.
func (c *county) choose(t *testing.T) {
	t.Helper()
	b, err := c.engine.Batch(c.batch)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range b.List {
		p, err := c.engine.Person(f.Person)
		if err != nil {
			t.Fatal(err)
		}
		if c.person == nil || len(p.Neighbours) > 0 {
			c.person = p.History
		}
		if len(p.Neighbours) > 0 {
			c.link = p.Neighbours[0]
			return
		}
	}
}

// secrets are the names and numbers that may stand in no address.
func (c *county) secrets() []string {
	var out []string
	for _, n := range c.person.Names {
		for _, w := range strings.Fields(n.Value.Last + " " + n.Value.First + " " + n.Value.Middle) {
			if len(w) > 3 {
				out = append(out, w)
			}
		}
	}
	for _, id := range c.person.Identifiers {
		out = append(out, id.Value.Value)
	}
	return out
}

// A witness notes what the browser does behind the page.
type witness struct {
	mu     sync.Mutex
	asked  []string // addresses and referrers of requests
	errors []string // what the console was told
}

// see notes an event of the tab.
func (w *witness) see(ev any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		w.asked = append(w.asked, ev.Request.URL)
		if r, ok := ev.Request.Headers["Referer"].(string); ok && r != "" {
			w.asked = append(w.asked, r)
		}
	case *runtime.EventExceptionThrown:
		w.errors = append(w.errors, ev.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		w.errors = append(w.errors, "console."+string(ev.Type))
	case *log.EventEntryAdded:
		w.errors = append(w.errors, ev.Entry.Text)
	}
}

// browser starts a fresh one, without a profile and off the network.
func browser(t *testing.T) (context.Context, *witness) {
	t.Helper()
	opts := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("no-first-run", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.WindowSize(1280, 900))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	// The first call starts the browser, which lives as long as its context.
	w := &witness{}
	if err := chromedp.Listen(ctx, w.see); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	_, errLog := chromedp.Call(ctx, log.Enable, cdp.Empty{})
	_, errNet := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	if errLog != nil || errNet != nil {
		t.Fatal(errLog, errNet)
	}
	limited, cancel := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	return limited, w
}

// do runs steps and ends the test where one fails.
func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// get runs an action and returns its value.
func get[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// open goes to a page of the county.
func (c *county) open(t *testing.T, ctx context.Context, path string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(c.server.URL+path), chromedp.WaitReady(chromedp.CSS("main")))
}

// media makes the page believe in a medium and a colour scheme.
func media(t *testing.T, ctx context.Context, medium, scheme string) {
	t.Helper()
	p := emulation.SetEmulatedMediaParams{Media: medium}
	if scheme != "" {
		p.Features = []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, p); err != nil {
		t.Fatal(err)
	}
}

// shoot keeps a picture of the page, if pictures are wanted.
func shoot(t *testing.T, ctx context.Context, name string) {
	if shots == "" {
		return
	}
	keep(t, name+".png", get(t, ctx, chromedp.FullScreenshot(100)))
}

func keep(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(shots, name), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// tabTo presses Tab until the focused element matches, as a person does who
// uses no mouse.
func tabTo(t *testing.T, ctx context.Context, want string) {
	t.Helper()
	match, at := regexp.MustCompile(want), ""
	for range 60 {
		do(t, ctx, chromedp.KeyEvent(kb.Tab))
		at = get(t, ctx, chromedp.Evaluate[string](`(e => e.id || e.textContent.trim() + " " + (e.getAttribute("href") || ""))(document.activeElement)`))
		if match.MatchString(at) {
			return
		}
	}
	t.Fatalf("60 tabs do not lead to %s; the last was %q", want, at)
}

// enter presses Enter and waits for the page it leads to.
func enter(t *testing.T, ctx context.Context) {
	t.Helper()
	wait, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(wait, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	do(t, wait, chromedp.WaitReady(chromedp.CSS("main")))
}

func address(t *testing.T, ctx context.Context) string {
	t.Helper()
	u, err := url.Parse(get(t, ctx, chromedp.Location()))
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

// TestBrowser walks the pages as investigators do. One store and one browser
// serve all parts.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	chromium(t)
	c := newCounty(t)
	ctx, w := browser(t)
	t.Run("from a search to the rows by keyboard alone", func(t *testing.T) { c.byKeyboard(t, ctx) })
	t.Run("why two rows are one person", func(t *testing.T) { c.explained(t, ctx) })
	t.Run("the checks see what they should", func(t *testing.T) { c.seen(t, ctx) })
	t.Run("every page can be read by everybody", func(t *testing.T) { c.readable(t, ctx) })
	t.Run("every page prints", func(t *testing.T) { c.prints(t, ctx) })
	t.Run("nothing leaves the house", func(t *testing.T) { c.quiet(t, w) })
}

func (c *county) byKeyboard(t *testing.T, ctx context.Context) {
	c.open(t, ctx, "/")
	shoot(t, ctx, "home")
	tabTo(t, ctx, "^Skip to content")
	tabTo(t, ctx, "^words$")
	n := c.person.Names[0].Value
	do(t, ctx, chromedp.KeyEvent(strings.ToLower(n.First+" "+n.Last)+" "+c.person.Births[0].Value.String()[:4]))
	enter(t, ctx)
	shoot(t, ctx, "search")
	if at := address(t, ctx); at != "/search" {
		t.Fatalf("a search leads to %s", at)
	}
	checkPage(t, ctx, "/search")
	tabTo(t, ctx, " /person/"+c.person.PersonID+"$")
	enter(t, ctx)
	if at := address(t, ctx); at != "/person/"+c.person.PersonID {
		t.Fatalf("the link leads to %s, not to %s", at, c.person.PersonID)
	}
	shoot(t, ctx, "person")
	tabTo(t, ctx, `^(HS|PC|VC|BP) [0-9]`)
	enter(t, ctx)
	if at := address(t, ctx); !strings.HasPrefix(at, "/conviction/C-") {
		t.Fatalf("a conviction leads to %s", at)
	}
	shoot(t, ctx, "conviction")
	tabTo(t, ctx, `rows? that tells? of it, verbatim`)
	enter(t, ctx)
	shoot(t, ctx, "rows")
	if n := get(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("td.verbatim").length`)); n < 5 {
		t.Fatalf("%d verbatim values", n)
	}
}

// explained follows a possible link of a person, or two rows of one, to the
// page that weighs them.
func (c *county) explained(t *testing.T, ctx context.Context) {
	button := `section[aria-labelledby="h-compare"] button`
	if c.link.Person != "" {
		button = `section[aria-labelledby="h-links"] button`
	}
	wait, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	c.open(t, wait, "/person/"+c.person.PersonID)
	if _, err := chromedp.RunResponse(wait, chromedp.Click(chromedp.CSS(button))); err != nil {
		t.Fatal(err)
	}
	do(t, wait, chromedp.WaitReady(chromedp.CSS("main")))
	text := get(t, wait, chromedp.Text(chromedp.CSS("main")))
	shoot(t, ctx, "explain")
	if address(t, ctx) != "/explain" || !strings.Contains(text, "Side by side") {
		t.Errorf("the explanation says %.200q", text)
	}
	if c.link.Person != "" && !strings.Contains(text, "How the score comes about") {
		t.Error("no waterfall")
	}
	checkPage(t, ctx, "/explain")
}

// paths are all sorts of pages that a browser can go to.
func (c *county) paths() []string {
	conviction := "/conviction/" + c.person.Convictions[0].ID
	person := "/person/" + c.person.PersonID
	return []string{"/", person, person + "/rows", conviction, conviction + "/rows", "/review", "/board", "/batch/" + c.batch, "/report", "/nothing"}
}

//go:embed testdata/check.js
var checkScript string

// checkPage runs the checks of testdata/check.js: names of controls, order of
// headings, landmarks, tables, targets, contrast.
func checkPage(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	for _, fault := range get(t, ctx, chromedp.Evaluate[[]string](checkScript)) {
		t.Errorf("%s: %s", name, fault)
	}
}

// seen spoils a page and wants every fault found: checks that cannot fail are
// none.
func (c *county) seen(t *testing.T, ctx context.Context) {
	c.open(t, ctx, "/")
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("main").innerHTML += '<h5 id="words">far down</h5><input><button></button><svg></svg><table><tr><th>x</th></tr></table>';
		const p = document.createElement("p"); p.textContent = "faint"; document.querySelector("main").append(p);
		const s = new CSSStyleSheet(); s.replaceSync("main p:last-child { color: #999 } button { padding: 0 } main button { width: 9px; height: 9px }"); document.adoptedStyleSheets = [s]; undefined`))
	found := strings.Join(get(t, ctx, chromedp.Evaluate[[]string](checkScript)), "\n")
	for _, want := range []string{"an id twice", "skips a level", "without a label", "without a name (4.1.2)", "picture without a name", "without a caption", "without a scope", "contrast of 2.8", "a target of 9 by 9"} {
		if !strings.Contains(found, want) {
			t.Errorf("%s is not seen in\n%s", want, found)
		}
	}
}

func (c *county) readable(t *testing.T, ctx context.Context) {
	for _, path := range c.paths() {
		file := strings.ReplaceAll(path, "/", "_")
		do(t, ctx, chromedp.EmulateViewport(1280, 900))
		c.open(t, ctx, path)
		checkPage(t, ctx, path)
		media(t, ctx, "", "dark")
		checkPage(t, ctx, path+" in the dark")
		shoot(t, ctx, "dark"+file)
		media(t, ctx, "", "")
		// 320 by 256 is a screen of 1280 by 1024 at 400 %.
		do(t, ctx, chromedp.EmulateViewport(320, 256))
		if wide := get(t, ctx, chromedp.Evaluate[int](`document.scrollingElement.scrollWidth`)); wide > 320 {
			t.Errorf("%s at 400 %%: %d pixels wide, has to be scrolled sideways", path, wide)
		}
		shoot(t, ctx, "narrow"+file)
	}
	do(t, ctx, chromedp.EmulateViewport(1280, 900))
}

func (c *county) prints(t *testing.T, ctx context.Context) {
	defer media(t, ctx, "", "")
	paths := c.paths()
	for _, path := range []string{paths[1], paths[3]} {
		file := strings.ReplaceAll(path[1:], "/", "_")
		c.open(t, ctx, path)
		media(t, ctx, "print", "")
		if !get(t, ctx, chromedp.Evaluate[bool](`getComputedStyle(document.querySelector("header form")).display === "none"`)) {
			t.Errorf("%s: the search box is printed", path)
		}
		if shots != "" {
			do(t, ctx, chromedp.EmulateViewport(720, 960)) // a page of letter paper
			shoot(t, ctx, "print_"+file)
			do(t, ctx, chromedp.EmulateViewport(1280, 900))
		}
		pdf := get(t, ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperLetter)))
		if len(pdf) < 10_000 || string(pdf[:5]) != "%PDF-" {
			t.Errorf("%s: a PDF of %d bytes", path, len(pdf))
		}
		if shots != "" {
			keep(t, file+".pdf", pdf)
		}
	}
}

// quiet looks at everything the browser was told to fetch and had to complain
// about.
func (c *county) quiet(t *testing.T, w *witness) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.asked) < 20 {
		t.Errorf("only %d requests were seen", len(w.asked))
	}
	secrets := c.secrets()
	for _, u := range w.asked {
		if !strings.HasPrefix(u, c.server.URL+"/") {
			t.Errorf("a request to %s", u)
		}
		for _, s := range secrets {
			if strings.Contains(strings.ToUpper(u), s) {
				t.Errorf("an address holds a name or number")
			}
		}
	}
	for _, e := range w.errors {
		if !strings.Contains(e, "404") { // the page that is not there
			t.Errorf("the console says %q", e)
		}
	}
}
