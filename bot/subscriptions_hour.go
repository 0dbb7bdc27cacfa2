package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"newsbot/bot/journal"
)

// usualHour is when the digest comes to somebody who has not chosen an hour.
const usualHour = 8

// hourButton asks for the hour of the digest.
func (t turn) hourButton() Button { return Button{say(t.lang, keyHourButton), buttonHour + ":"} }

// hourPressed asks for the hour of the digest, or keeps the one that was chosen, and
// says so in the list of what is followed.
func (t turn) hourPressed(ctx context.Context, argument string) (Reply, error) {
	f, list, err := t.Journal.Following(ctx, t.Person.ID)
	if err != nil {
		return Reply{}, err
	}
	if argument == "" && len(list) > 0 {
		return t.askHour(f), nil
	}
	hour, err := strconv.Atoi(argument)
	if argument != "" && (err != nil || hour < 0 || hour > 23) {
		return t.stale(), nil
	}
	if len(list) > 0 && hour != f.Hour {
		f.Hour = hour
		if !slices.ContainsFunc(list, hadDigest) {
			f.Day = "" // the day when he began was settled as the hour was over
		}
		f.Day = t.settledDay(f, t.Now())
		if err := t.Journal.SetDigestHour(ctx, f); err != nil {
			return Reply{}, err
		}
	}
	return t.listFollowed(ctx, Document{language: t.lang})
}

// hadDigest tells whether there has been a digest since something was followed.
func hadDigest(s journal.Subscription) bool { return s.Asked.After(s.Since) }

// askHour shows the hours of a day.
func (t turn) askHour(f journal.Follower) Reply {
	var hours []Button
	for hour := range 24 {
		hours = append(hours, Button{fmt.Sprintf("%02d", hour), fmt.Sprintf("%s:%02d", buttonHour, hour)})
	}
	rows := slices.Collect(slices.Chunk(hours, 6))
	rows = append(rows, []Button{{say(t.lang, keyHourBack), fmt.Sprintf("%s:%02d", buttonHour, f.Hour)}})
	d := Document{language: t.lang}
	d.say(keyHourAsk, t.zoneName())
	return t.replace(d, rows...)
}

// whenLine says when the digest comes.
func (t turn) whenLine(f journal.Follower) line {
	return sentence(say(t.lang, keyFollowWhen, fmt.Sprintf("%02d:00", f.Hour), t.zoneName()))
}

// zoneName names the zone. That of the machine has no name but its abbreviation.
func (d *Dialogue) zoneName() string {
	if zone := d.zone(); zone != time.Local { //nolint:gosmopolitan // it is told apart, not used
		return zone.String()
	}
	return d.Now().In(d.zone()).Format("MST")
}
