/*
 * fold_work: what the parts of the fold share while it runs; private to
 * fold*.c.  fold.c orders the events, fold_apply.c applies each,
 * fold_effect.c knows what it does to the case and fold_clocks.c what to its
 * clocks, with fold_holds.c; fold_form.c has the fields in force, fold_judged.c the verdicts
 * that events carry.
 */
#ifndef ESC_DOMAIN_FOLD_WORK_H
#define ESC_DOMAIN_FOLD_WORK_H

#include "domain/fold.h"

/* One entry of an event's `judged`. */
struct judgement {
	enum clock_id id;
	int tier, cycle;
	enum clock_state verdict;
	int64_t target_at, limit_at, over;
	size_t position; /* of its event, in fold order */
};

struct folding {
	struct fold *fold;
	const struct policy_source *policies;
	const struct event **order; /* the events that count, in fold order */
	size_t n_order;
	size_t position;            /* of the event at hand */
	struct judgement *judgement;
	size_t n_judgements, next_judgement;
	uint8_t past_target, past_limit; /* 1U << id, when the event at hand came */
	size_t n_before;            /* clocks that there were then */
	int living[CLOCK_IDS];      /* index of the living clock, -1: none */
	uint32_t hold_step[HOLD_PAUSED + 1]; /* by HOLD_ bit: what set it last */
	size_t cap_clocks, cap_amends, cap_stops;
	struct err *err;
	bool failed;                /* a policy is missing */
	bool anew;                  /* one text throughout, nothing judged before */
};

/* The event at hand as the case sees it: its own, or one that it implies. */
struct act {
	const struct event *event;
	enum event_type type;
	int64_t at;
	uint64_t trigger;  /* what it is to clocks */
	uint64_t mute;     /* implied: it starts nothing that these stop or end */
	bool implied;
	uint32_t step;     /* its place in fold->step */
};

/* fold_form.c: the values as submitted; what an event finds; a change of them. */
void form_submitted(struct folding *f);
void form_keep_was(struct folding *f, const struct event *event);
bool form_changes(const struct folding *f, const struct event *event);
void form_apply(struct folding *f, const struct event *event);

/* fold_person.c: an object with one of its members replaced or taken away. */
struct value person_with(struct fold *fold, struct value base, struct span member,
	struct value value);

/* fold_names.c: the names that events set; one of them, NULL where none does. */
void names_collect(struct fold *fold);
struct named *names_find(const struct fold *fold, struct span name);
bool names_changed_by(const struct event *event);
uint32_t names_member(const struct event *event, const char *name);

/* fold_judged.c */
void judged_collect(struct folding *f);
bool judged_later(struct folding *f, const struct clock *clock);
void judged_stop(struct folding *f, const struct event *event, int64_t at,
	uint32_t step);

/* The clock of that kind that lives; NULL.  And what the policy says of them. */
static inline struct clock *
living(const struct folding *f, enum clock_id id)
{
	return f->living[id] < 0 ? NULL : &f->fold->clock[f->living[id]];
}

static inline const struct clock_terms *
terms_of(const struct folding *f, enum clock_id id)
{
	return &f->fold->policy->clock[id];
}

/* fold_holds.c: the holds in force, on all clocks or on one. */
uint8_t clocks_held_late(const struct folding *f);
void clocks_hold(struct folding *f, int64_t at);
void clocks_hold_one(struct folding *f, struct clock *clock, int64_t at);
void clocks_release(struct folding *f, int64_t at);

/* fold_clocks.c */
void clocks_past(struct folding *f, int64_t at);
void clocks_start(struct folding *f, const struct act *act);
void clocks_stop(struct folding *f, const struct act *act);
void clocks_new_terms(struct folding *f, const struct act *act);
void clocks_review(struct folding *f, const struct act *act);
void clocks_stopped(struct folding *f, struct clock *clock, uint32_t step, bool written);

/*
 * fold_effect.c: whether an act has anything to act on, what it does to the
 * case beside its state and its clocks; the tier at which an event finds a
 * case that was not yet accepted; whether a promotion leads elsewhere.
 */
bool act_has_effect(struct folding *f, const struct act *act);
void act_on_case(struct folding *f, const struct act *act);
int act_entry_tier(const struct event *event);
bool act_leaves_tier(const struct event *event, int64_t tier);

/* fold_apply.c: the event with what it implies. */
void apply_event(struct folding *f, const struct event *event);

/* fold.c: the calendar of the case as it stands now. */
void fold_find_calendar(struct fold *fold);

#endif
