package project

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/casefold/casefold"
	"github.com/casefold/casefold/internal/source"
	"github.com/casefold/casefold/normalize/place"
)

// project fills a Project from a file that has been checked. It looks for what
// no single key can show to be wrong.
func (c *checker) project(root *node, dir string) *Project {
	p := &Project{Dir: dir, AsOf: dayOf(root.get("as_of")), Policy: root.get("policy").str()}
	if n := root.get("policy"); n != nil {
		p.policyAt = n.at
	}
	p.Store = root.get("store").str()
	if p.Store == "" {
		p.Store = ".casefold"
	}
	if !filepath.IsAbs(p.Store) {
		p.Store = filepath.Join(dir, p.Store)
	}
	for _, w := range root.get("caption_from").words() {
		p.CaptionFrom = append(p.CaptionFrom, casefold.TellerKind(w))
	}
	if p.CaptionFrom == nil {
		p.CaptionFrom = []casefold.TellerKind{casefold.TellerCourt, casefold.TellerState}
	}
	p.Office = office(root.get("office"))
	p.Matching = c.matching(root.get("matching"))
	shapes := c.numberShapes(root.get("case_numbers"))
	names := map[string]spot{}
	for _, n := range root.get("sources").list() {
		src, refs := c.source(n)
		if before, ok := names[src.Name]; ok && src.Name != "" {
			c.problem(n.get("name").at, "the name %q is taken by the source at line %d", src.Name, before.line)
		}
		names[src.Name] = n.at
		src.NumberShapes = shapes
		p.Sources = append(p.Sources, src)
		p.refs = append(p.refs, refs)
	}
	if s := root.get("sources"); s != nil && len(p.Sources) == 0 {
		c.problem(s.at, "\"sources\" is empty; at least one source is wanted")
	}
	return p
}

// numberShapes fills the shapes of case numbers; each may be told once.
func (c *checker) numberShapes(list *node) (out []casefold.NumberShape) {
	for _, n := range list.list() {
		s := casefold.NumberShape{Pattern: strings.ToUpper(n.get("shape").str()), Year: n.get("year").str(), Defendant: n.get("defendant").str()}
		switch {
		case s.Pattern != "" && strings.Trim(s.Pattern, "A9-/( ") != "":
			c.problem(n.get("shape").at, "a shape is written with A for letters, 9 for digits and the separators - / ( and blank")
		case slices.ContainsFunc(out, func(o casefold.NumberShape) bool { return o.Pattern == s.Pattern }):
			c.problem(n.get("shape").at, "the shape %q is told twice", s.Pattern)
		}
		out = append(out, s)
	}
	return out
}

func office(n *node) casefold.Office {
	o := casefold.Office{Name: n.get("name").str(), County: CountyForm(n.get("county").str()),
		Agency: n.get("agency").str(), Courts: n.get("courts").words()}
	if city := n.get("city_attorney"); city != nil {
		o.CityAttorneyCities = city.get("cities").words()
		for _, w := range city.get("levels").words() {
			o.CityAttorneyLevels = append(o.CityAttorneyLevels, casefold.Level(w))
		}
		if o.CityAttorneyLevels == nil {
			o.CityAttorneyLevels = []casefold.Level{casefold.Misdemeanor, casefold.Infraction}
		}
	}
	return o
}

// CountyForm is a county's name as the place tables write it: upper case,
// single blanks, without "County" and "County of".
func CountyForm(name string) string {
	name = strings.Join(strings.Fields(strings.ToUpper(name)), " ")
	name = strings.TrimPrefix(name, "COUNTY OF ")
	return strings.TrimSuffix(name, " COUNTY")
}

func (c *checker) matching(n *node) Matching {
	m := Matching{FalseLinkCost: numberOf(n.get("false_link_cost")), MissedLinkCost: numberOf(n.get("missed_link_cost")),
		LinkBits: numberOf(n.get("link_bits")), PossibleBits: numberOf(n.get("possible_bits"))}
	for _, name := range []string{"false_link_cost", "missed_link_cost"} {
		if x := numberOf(n.get(name)); x != nil && *x <= 0 {
			c.problem(n.get(name).at, "%s is %s; a number above 0 is wanted", name, n.get(name).text)
		}
	}
	if m.LinkBits != nil && m.PossibleBits != nil && *m.PossibleBits > *m.LinkBits {
		c.problem(n.get("possible_bits").at, "possible_bits is above link_bits")
	}
	return m
}

func numberOf(n *node) *float64 {
	if x, err := strconv.ParseFloat(n.str(), 64); err == nil {
		return &x
	}
	return nil
}

func dayOf(n *node) casefold.Day {
	d, _ := casefold.ParseDay(n.str())
	return d
}

func isTrue(n *node) bool {
	v, _ := yesNoOf(n.str())
	return v
}

func intOf(n *node) int {
	i, _ := strconv.Atoi(n.str())
	return i
}

// A filler fills one source and notes where its words stand.
type filler struct {
	c    *checker
	src  casefold.Source
	refs sourceRefs
}

// source fills a Source from a node that has been checked.
func (c *checker) source(n *node) (casefold.Source, sourceRefs) {
	f := &filler{c: c}
	f.refs.at = n.at
	f.src.Format = n.get("format").str()
	if f.src.Format == "" {
		f.src.Format = source.Delimited
	}
	if f.src.Format == source.CADOJ {
		f.src = DOJ()
	}
	f.about(n)
	f.mapping(n)
	f.src.Exclude = f.excludes(n.get("exclude"))
	f.src.Read = f.read(n.get("read"))
	f.consistent(n)
	return f.src, f.refs
}

// about fills what is said of the source as a whole.
func (f *filler) about(n *node) {
	src := &f.src
	src.Name = n.get("name").str()
	for _, w := range n.get("files").list() {
		src.Files = append(src.Files, w.str())
		f.refs.files = append(f.refs.files, placed{w.str(), w.at})
	}
	if t := n.get("teller").str(); t != "" {
		src.Teller = casefold.TellerKind(t)
	}
	if src.Teller == "" {
		src.Teller = casefold.TellerOther
	}
	if a := n.get("agency"); a != nil {
		src.Agency = casefold.Agency{Name: a.get("name").str(), Verbatim: a.get("name").str(), ORI: strings.ToUpper(a.get("ori").str()),
			County: CountyForm(a.get("county").str()), State: strings.ToUpper(a.get("state").str()), Kind: casefold.AgencyKind(a.get("kind").str())}
		src.Agency = completeAgency(src.Agency)
	}
	src.ExtractDate = dayOf(n.get("extract_date"))
	if n.has("row_key") {
		src.RowKey = f.column(n.get("row_key"))
	}
	if n.has("person_key") {
		src.PersonKey = f.column(n.get("person_key"))
	}
	src.PersonKeyExclusive = isTrue(n.get("person_key_exclusive"))
	for _, e := range n.get("authoritative_for").list() {
		cov := casefold.Coverage{Question: casefold.Question(e.get("question").str()), From: dayOf(e.get("from")),
			To: dayOf(e.get("to")), County: CountyForm(e.get("county").str())}
		if cov.From != 0 && cov.To != 0 && cov.From > cov.To {
			f.c.problem(e.get("to").at, "\"to\" lies before \"from\"")
		}
		src.AuthoritativeFor = append(src.AuthoritativeFor, cov)
	}
}

// column notes a column's place and returns its name.
func (f *filler) column(n *node) string {
	if n == nil || n.kind != scalarNode || n.text == "" {
		return ""
	}
	f.refs.columns = append(f.refs.columns, placed{n.text, n.at})
	return n.text
}

func (f *filler) columns(n *node) []string {
	var out []string
	for _, item := range n.list() {
		if col := f.column(item); col != "" {
			out = append(out, col)
		}
	}
	return out
}

// fields fills a table of fields; a key without value takes the field out.
func (f *filler) fields(n *node, into map[casefold.Field][]string) map[casefold.Field][]string {
	if n == nil {
		return into
	}
	if into == nil {
		into = map[casefold.Field][]string{}
	}
	for _, e := range n.entries {
		if e.key == "each" || e.key == "identifiers" {
			continue
		}
		if cols := f.columns(e.value); len(cols) > 0 {
			into[casefold.Field(e.key)] = cols
		} else {
			delete(into, casefold.Field(e.key))
		}
	}
	return into
}

// mapping fills all that maps columns. Keys of the file replace those that a
// built-in format brings.
func (f *filler) mapping(n *node) {
	m := &f.src.Mapping
	m.Fields = f.fields(n.get("mapping"), m.Fields)
	if m.Fields == nil {
		m.Fields = map[casefold.Field][]string{}
	}
	if n.has("identifiers") {
		m.Identifiers = f.identifiers(n.get("identifiers"))
	}
	if n.has("attributes") {
		m.Attributes = f.attributes(n.get("attributes"), m.Attributes)
	}
	if counts := n.get("counts"); counts != nil {
		m.Counts, m.CountsEach = nil, counts.get("each").str()
		for _, group := range groupsOf(counts) {
			inside := f.inside(m.CountsEach)
			m.Counts = append(m.Counts, inside.fields(group, nil))
		}
	}
	if people := n.get("people"); people != nil {
		m.People, m.PeopleEach = nil, people.get("each").str()
		for _, group := range groupsOf(people) {
			inside := f.inside(m.PeopleEach)
			m.People = append(m.People, casefold.PersonGroup{Fields: inside.fields(group, nil),
				Identifiers: inside.identifiers(group.get("identifiers"))})
		}
	}
	if values := n.get("values"); values != nil {
		m.Values = map[casefold.Field]map[string]string{}
		for _, field := range values.entries {
			codes := map[string]string{}
			for _, e := range field.value.entries {
				codes[e.key] = e.value.str()
			}
			m.Values[casefold.Field(field.key)] = codes
		}
	}
	if n.has("date_order") {
		m.DateOrder = n.get("date_order").str()
	}
	if n.has("name_order") {
		m.NameOrder = n.get("name_order").str()
	}
}

// inside is the filler for columns that are paths within an array, which no
// header can prove wrong.
func (f *filler) inside(each string) *filler {
	if each == "" {
		return f
	}
	return &filler{c: f.c, src: f.src}
}

// groupsOf are the tables of a list of them, or the one table itself.
func groupsOf(n *node) []*node {
	if n.kind == tableNode {
		return []*node{n}
	}
	return n.list()
}

func (f *filler) identifiers(n *node) []casefold.IdentifierColumn {
	var out []casefold.IdentifierColumn
	for _, e := range n.list() {
		id := casefold.IdentifierColumn{Column: f.column(e.get("column")), Kind: casefold.IdentifierKind(e.get("kind").str()),
			Issuer: e.get("issuer").str(), How: casefold.How(e.get("how").str())}
		if id.Issuer == "" {
			id.Issuer = issuerOf(id.Kind, f.src.Name)
		}
		if id.How == "" {
			id.How = casefold.LookUp
		}
		out = append(out, id)
	}
	return out
}

// courtWords name a county's court where the file tells only its kind.
var courtWords = map[casefold.AgencyKind]string{
	casefold.SuperiorCourt: "SUPERIOR COURT", casefold.MunicipalCourt: "MUNICIPAL COURT",
	casefold.JusticeCourt: "JUSTICE COURT", casefold.JuvenileCourt: "JUVENILE COURT",
}

// completeAgency brings an agency's name into the form in which rows tell
// agencies, and fills in what follows from the rest: a county's superior court
// has a name, a name has a kind.
func completeAgency(a casefold.Agency) casefold.Agency {
	if a.Name == "" && a.County != "" {
		if words := courtWords[a.Kind]; words != "" {
			a.Name = a.County + " " + words
		}
	}
	read := place.Agency(a.Name, a.ORI, a.County)
	if a.Kind.IsCourt() {
		read = place.Court(a.Name, a.County)
	}
	a.Name = cmp.Or(read.Name, strings.ToUpper(a.Name))
	a.Kind = cmp.Or(a.Kind, read.Kind)
	a.County = cmp.Or(a.County, read.County)
	a.State = cmp.Or(a.State, read.State, "CA")
	return a
}

// issuerOf is who gives numbers of a kind, where the file does not say.
func issuerOf(kind casefold.IdentifierKind, name string) string {
	switch kind {
	case casefold.CII:
		return "CA-DOJ"
	case casefold.FBI:
		return "FBI"
	case casefold.SSN:
		return "US-SSA"
	case casefold.License, casefold.IDCard:
		return "CA-DMV"
	}
	return name
}

// attributes keeps built-in ones that the file does not name again.
func (f *filler) attributes(n *node, out []casefold.AttributeColumn) []casefold.AttributeColumn {
	if n == nil {
		return nil
	}
	for _, e := range n.entries {
		kept := out[:0:0]
		for _, a := range out {
			if a.Name != e.key {
				kept = append(kept, a)
			}
		}
		out = kept
		if col := f.column(e.value); col != "" {
			out = append(out, casefold.AttributeColumn{Name: e.key, Column: col})
		}
	}
	return out
}

func (f *filler) excludes(n *node) []casefold.ExcludeRule {
	var out []casefold.ExcludeRule
	for _, e := range n.list() {
		rule := casefold.ExcludeRule{Name: e.get("name").str(), Column: f.column(e.get("column")),
			Equals: e.get("equals").words(), Contains: e.get("contains").words(), Empty: isTrue(e.get("empty"))}
		for _, list := range [][]string{rule.Equals, rule.Contains} {
			for i := range list {
				list[i] = strings.ToUpper(strings.TrimSpace(list[i]))
			}
		}
		if len(rule.Equals) == 0 && len(rule.Contains) == 0 && !rule.Empty {
			f.c.problem(e.at, "the rule %q leaves nothing out; it needs \"equals\", \"contains\" or \"empty\"", rule.Name)
		}
		out = append(out, rule)
	}
	return out
}

func (f *filler) read(n *node) casefold.ReadOptions {
	o := casefold.ReadOptions{Encoding: n.get("encoding").str(), Delimiter: n.get("delimiter").str(),
		Quote: n.get("quote").str(), Escape: n.get("escape").str()}
	if h := n.get("header"); h != nil {
		o.Header = "no"
		if isTrue(h) {
			o.Header = "yes"
		}
	}
	for _, e := range n.get("columns").list() {
		if e.kind == scalarNode {
			o.Columns = append(o.Columns, casefold.FixedColumn{Name: e.text})
			continue
		}
		o.Columns = append(o.Columns, casefold.FixedColumn{Name: e.get("name").str(), Start: intOf(e.get("start")), Len: intOf(e.get("length"))})
	}
	return o
}

// consistent reports keys that do not go together.
func (f *filler) consistent(n *node) {
	src, c := &f.src, f.c
	if src.Format == source.Fixed {
		c.fixedColumns(n, src)
	}
	if src.Format != source.JSONL {
		for _, name := range []string{"counts", "people"} {
			if each := n.get(name).get("each"); each != nil {
				c.problem(each.at, "\"each\" needs format jsonl; for other formats list the groups of columns")
			}
		}
	}
	if src.PersonKeyExclusive && src.PersonKey == "" {
		c.problem(n.get("person_key_exclusive").at, "\"person_key_exclusive\" needs a person_key")
	}
	if !namesPersons(&src.Mapping) && !c.lone && len(c.problems) == 0 {
		c.problem(n.at, "source %q maps no column that tells who a person is; map at least a name or an identifier", src.Name)
	}
}

// fixedColumns checks the places of a fixed-width layout.
func (c *checker) fixedColumns(n *node, src *casefold.Source) {
	list := n.get("read").get("columns")
	if list == nil {
		c.problem(n.at, "format fixed needs the columns (name, start, length) under \"read\"")
		return
	}
	for i, e := range list.list() {
		if col := src.Read.Columns[i]; col.Start < 1 || col.Len < 1 {
			c.problem(e.at, "column %q needs start and length in a fixed-width layout", col.Name)
		}
	}
}

// namesPersons reports whether a mapping tells who a row is about.
func namesPersons(m *casefold.Mapping) bool {
	if len(m.Identifiers) > 0 || len(m.People) > 0 {
		return true
	}
	for _, f := range []casefold.Field{"name", "last_name", "first_name", "alias"} {
		if len(m.Fields[f]) > 0 {
			return true
		}
	}
	return false
}
