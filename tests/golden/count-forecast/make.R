# Quantiles of the answers to come: binomial(waiting, 1 - exp(-h * ahead)) with h ~ Gamma(events + 1/2, exposure),
# mixed by numerical integration over ln(h * exposure). For very many who wait they are qnbinom's, kept beside them.
level <- 0.8
probabilities <- c((1 - level) / 2, 0.5, (1 + level) / 2)
mixture <- function(k, shape, exposure, waiting, ahead) {
  f <- function(u) {
    x <- exp(u)
    pbinom(k, waiting, -expm1(-x * ahead / exposure)) * dgamma(x, shape) * x
  }
  s <- 1 / sqrt(shape)
  cuts <- log(shape) + s * c(-40, -12, -6, -3, -1.5, 0, 1.5, 3, 6)
  sum(sapply(seq_len(length(cuts) - 1), function(i)
    integrate(f, cuts[i], cuts[i + 1], rel.tol = 1e-10, subdivisions = 2000)$value))
}
quantiles <- function(shape, exposure, waiting, ahead) sapply(probabilities, function(p) {
  below <- -1; above <- waiting
  while (above - below > 1) {
    middle <- (below + above) %/% 2
    if (mixture(middle, shape, exposure, waiting, ahead) >= p) above <- middle else below <- middle
  }
  above
})
cases <- expand.grid(events = c(0, 1, 5, 21, 490), days = c(0.5, 2, 7), waiting = c(3, 60, 900), ahead = c(0.3, 5, 22))
row <- function(events, days, waiting, ahead) {
  exposure <- days * (waiting + events / 2)
  q <- quantiles(events + 0.5, exposure, waiting, ahead)
  sprintf('\t\t{ "events": %d, "exposure": %.10g, "waiting": %d, "ahead": %g, "low": %d, "median": %d, "high": %d }',
    events, exposure, waiting, ahead, q[1], q[2], q[3])
}
mixed <- mapply(row, as.integer(cases$events), cases$days, as.integer(cases$waiting), cases$ahead)
limits <- expand.grid(events = c(0, 1, 5, 21, 300), days = c(0.5, 2, 6.4, 7), ahead = c(0.3, 1, 10, 26))
limit <- function(events, days, ahead) {
  q <- qnbinom(probabilities, size = events + 0.5, prob = days / (days + ahead))
  sprintf('\t\t{ "events": %d, "days": %g, "ahead": %g, "low": %d, "median": %d, "high": %d }',
    events, days, ahead, q[1], q[2], q[3])
}
far <- mapply(limit, as.integer(limits$events), limits$days, limits$ahead)
block <- function(name, lines) c(sprintf('\t"%s": [', name), paste(lines, collapse = ',\n'), '\t]')
writeLines(c('{', paste0('\t"made_by": "', R.version.string, '",'), block('mixture', mixed), '\t,', block('qnbinom', far), '}'),
  "expected.json")
