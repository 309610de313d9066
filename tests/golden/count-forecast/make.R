# Negative binomial quantiles: events of `ahead` days after `events` in `days`, Jeffreys' prior Gamma(1/2, 0).
cases <- expand.grid(events = c(0, 1, 5, 21, 300, 12345), days = c(0.5, 2, 6.4, 7), ahead = c(0, 0.3, 1, 10, 26))
level <- 0.8
row <- function(events, days, ahead) {
  q <- qnbinom(c((1 - level) / 2, 0.5, (1 + level) / 2), size = events + 0.5, prob = days / (days + ahead))
  sprintf('\t{ "events": %d, "days": %g, "ahead": %g, "low": %d, "median": %d, "high": %d }', events, days, ahead, q[1], q[2], q[3])
}
lines <- mapply(row, as.integer(cases$events), cases$days, cases$ahead)
writeLines(c('[', paste(lines, collapse = ',\n'), ']'), "expected.json")
cat(R.version.string, "\n")
