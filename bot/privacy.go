package bot

import (
	"context"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

// privacy says what is kept of people and for how long.
func (t turn) privacy(context.Context) (Reply, error) {
	kept := []line{
		heading(say(t.lang, keyPrivacyKept)),
		point(t.lang, keyPrivacyAnswers, int(t.Journal.Retention()/(24*time.Hour))),
		point(t.lang, keyPrivacyGroup),
		point(t.lang, keyPrivacyGroupAsked),
		point(t.lang, keyPrivacyGroupPlace),
		point(t.lang, keyPrivacyFollows, int(followed/time.Minute)),
		point(t.lang, keyPrivacyFeedback),
		point(t.lang, keyPrivacySettings),
		point(t.lang, keyPrivacySubscriptions),
		point(t.lang, keyPrivacyPlace),
		point(t.lang, keyPrivacyPlaceTime),
		point(t.lang, keyPrivacyCount),
		point(t.lang, keyPrivacyTally),
		point(t.lang, keyPrivacyMessage),
		point(t.lang, keyPrivacyUpdate),
		point(t.lang, keyPrivacyBlocked),
	}
	if t.Suggest != nil {
		kept = append(kept, point(t.lang, keyPrivacySuggestions))
	}
	if t.Channels != nil {
		kept = append(kept, point(t.lang, keyPrivacyChannel), point(t.lang, keyPrivacyPost))
	}
	if t.admin {
		kept = append(kept, point(t.lang, keyPrivacyChanges), point(t.lang, keyPrivacyAudit))
	}
	d := Document{language: t.lang}
	d.add(kept...)
	d.add(heading(say(t.lang, keyPrivacyNot)), point(t.lang, keyPrivacyInline), point(t.lang, keyPrivacyNothing), point(t.lang, keyPrivacyGroupTalk))
	d.add(sentence(say(t.lang, t.privacyShared())), sentence(say(t.lang, keyPrivacyLink)), sentence(say(t.lang, keyPrivacyMachine)))
	t.privacyOutside(&d)
	d.add(heading(say(t.lang, keyPrivacyAdmins)), point(t.lang, keyPrivacyList), point(t.lang, keyPrivacyReport),
		point(t.lang, keyPrivacyUnanswered), point(t.lang, keyPrivacyStays))
	d.say(keyPrivacyForget)
	return send(d), nil
}

// point is a line of an enumeration.
func point(lang text.Language, k key, args ...any) line {
	return sentence("• " + say(lang, k, args...))
}

// forget erases what is kept of the person. What it says is the same when the
// event is handled again and finds nothing left.
func (t turn) forget(ctx context.Context) (Reply, error) {
	if err := t.Journal.Forget(ctx, t.Person.ID); err != nil {
		return Reply{}, err
	}
	t.inlines.forget(t.Person.ID)
	d := Document{language: t.lang}
	d.add(
		heading(say(t.lang, keyForgotten)),
		point(t.lang, keyForgottenAnswers),
		point(t.lang, keyForgottenSettings),
		point(t.lang, keyForgottenSubscriptions),
		point(t.lang, keyForgottenName),
	)
	left := []line{heading(say(t.lang, keyForgottenNot)), point(t.lang, keyForgottenCount), point(t.lang, keyForgottenMessages)}
	switch t.place.State {
	case journal.Allowed:
		left = append(left, point(t.lang, keyForgottenAllowed))
	case journal.Denied:
		left = append(left, point(t.lang, keyForgottenDenied))
	}
	if t.admin {
		left = append(left, point(t.lang, keyPrivacyAudit))
	}
	d.add(left...)
	return send(d), nil
}
