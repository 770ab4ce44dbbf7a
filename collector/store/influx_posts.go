package store

import (
	"context"
	"sync"
	"time"
)

// InfluxDB pays for each request, with a sync of its log and more, what it
// pays for hundreds of points. So appends that wait while others are being
// written go into the next request together.
const (
	maxPost     = 5000            // points of a request; InfluxDB 1.8 takes 25 MB
	postsAtOnce = 2               // one is being made up while the other is written
	postTime    = 2 * time.Minute // for a request and the halves that it may need
)

// influxPosts makes requests of what many appends hand over.
type influxPosts struct {
	writer  *influxWriter
	jobs    chan *influxJob
	ended   context.Context
	stop    context.CancelFunc
	running sync.WaitGroup
}

// influxJob is the points of one append, and what became of them once done
// is closed.
type influxJob struct {
	points  [][]byte
	refused map[int]error // by place in points
	err     error
	done    chan struct{}
}

func startInfluxPosts(w *influxWriter) *influxPosts {
	p := &influxPosts{writer: w, jobs: make(chan *influxJob, maxGroup)}
	p.ended, p.stop = context.WithCancel(context.Background())
	for range postsAtOnce {
		p.running.Go(p.run)
	}
	return p
}

func (p *influxPosts) close() {
	p.stop()
	p.running.Wait()
}

// store returns nil when all points but the refused ones are on InfluxDB's
// disk. A caller whose ctx ends earlier does not know which of them are.
func (p *influxPosts) store(ctx context.Context, points [][]byte) (refused map[int]error, err error) {
	if len(points) == 0 {
		return nil, nil
	}
	job := &influxJob{points: points, refused: map[int]error{}, done: make(chan struct{})}
	select {
	case p.jobs <- job:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.ended.Done():
		return nil, errClosed
	}
	select {
	case <-job.done:
		return job.refused, job.err
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.ended.Done():
		return nil, errClosed
	}
}

// run makes requests until the store is closed.
func (p *influxPosts) run() {
	for {
		select {
		case <-p.ended.Done():
			return
		case first := <-p.jobs:
			p.write(p.gather(first))
		}
	}
}

// gather takes first and, while they fill no request, others that wait.
func (p *influxPosts) gather(first *influxJob) []*influxJob {
	group, points := []*influxJob{first}, len(first.points)
	for points < maxPost {
		select {
		case job := <-p.jobs:
			group, points = append(group, job), points+len(job.points)
		default:
			return group
		}
	}
	return group
}

// write stores the points of a group and tells each job how it ended.
func (p *influxPosts) write(group []*influxJob) {
	ctx, cancel := context.WithTimeout(p.ended, postTime)
	defer cancel()
	type place struct {
		job *influxJob
		at  int
	}
	var points [][]byte
	var places []place
	for _, job := range group {
		for at := range job.points {
			points, places = append(points, job.points[at]), append(places, place{job, at})
		}
	}
	var err error
	for from := 0; from < len(points) && err == nil; from += maxPost {
		err = p.writer.post(ctx, points[from:min(from+maxPost, len(points))], from, func(at int, why error) {
			places[at].job.refused[places[at].at] = why
		})
	}
	for _, job := range group {
		job.err = err
		close(job.done)
	}
}
