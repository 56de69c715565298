package engine

// Progress shows a person that work goes on. The command draws bars, the
// server keeps figures, tests ignore it.
type Progress interface {
	// Start announces a stage of total units (0: not known beforehand).
	Start(stage string, total int64, unit string) Task
}

// A Task is a running stage. Add may be called from several goroutines.
type Task interface {
	Add(n int64)
	Done(note string)
}

// NoProgress shows nothing.
type NoProgress struct{}

func (NoProgress) Start(string, int64, string) Task { return noTask{} }

type noTask struct{}

func (noTask) Add(int64)   {}
func (noTask) Done(string) {}
