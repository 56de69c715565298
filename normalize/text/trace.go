package text

// A Step is one rule that fired while a value was normalized, and the value
// after it.
type Step struct {
	Rule  string `json:"rule"`
	Value string `json:"value"`
}

// A Trace collects the steps of one normalization. A nil *Trace collects
// nothing and costs a nil check, so that the bulk path and the explained path
// are one path. It is for one value and one goroutine.
type Trace struct{ Steps []Step }

// Add notes that a rule left the value in this form.
func (t *Trace) Add(rule, value string) {
	if t != nil {
		t.Steps = append(t.Steps, Step{rule, value})
	}
}

// Change notes the rule only if it changed the value.
func (t *Trace) Change(rule, before, after string) {
	if t != nil && before != after {
		t.Steps = append(t.Steps, Step{rule, after})
	}
}
