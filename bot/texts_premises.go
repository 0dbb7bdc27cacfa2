package bot

// What is said of what a question takes for granted.
const (
	keyPremise           key = "premise"
	keyPremiseOne        key = "premise_one"
	keyPremiseTwo        key = "premise_two"
	keyPremiseThree      key = "premise_three"
	keyPremiseTogether   key = "premise_together"
	keyPremiseCitedOne   key = "premise_cited_one"
	keyPremiseCitedTwo   key = "premise_cited_two"
	keyPremiseCitedThree key = "premise_cited_three"
	keyPremiseHeading    key = "premise_heading"
)
