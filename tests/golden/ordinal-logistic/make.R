# Differential functioning by logistic regression (Swaminathan and Rogers 1990; Zumbo 1999): models of an item on the total,
# with the group, and with their product, compared by likelihood. Proportional odds by MASS::polr, items of 0/1 by glm.
suppressMessages(library(MASS))
set.seed(20261127)
persons <- 700
focal <- sample(c("a", "b", "c"), persons, replace = TRUE, prob = c(0.5, 0.3, 0.2))
theta <- rnorm(persons, ifelse(focal == "a", 0, -0.3))
difficulty <- c(-1, -0.3, 0.2, 0.9)
# i2 is harder for group b; i4 tells persons of group c apart less; o2 is harder for b; o4 tells b and c apart less
binary <- sapply(1:4, function(j) {
  shift <- if (j == 2) ifelse(focal == "b", 0.9, 0) else 0
  slope <- if (j == 4) ifelse(focal == "c", 0.2, 1.2) else 1.2
  as.integer(runif(persons) < plogis(slope * (theta - difficulty[j] - shift)))
})
ordinal <- sapply(1:4, function(j) {
  shift <- if (j == 2) ifelse(focal == "b", 0.8, 0) else 0
  slope <- if (j == 4) ifelse(focal == "a", 1.6, 0.5) else 1.3
  latent <- slope * (theta - shift) + rlogis(persons)
  findInterval(latent, c(-1.5, 0, 1.4))
})
answers <- cbind(binary, ordinal)
colnames(answers) <- c(paste0("i", 1:4), paste0("o", 1:4))
total <- rowSums(answers)
write.csv(data.frame(group = focal, answers), "answers.csv", row.names = FALSE, quote = FALSE)

nagelkerke <- function(ll, null, n) (1 - exp(-2 * (ll - null) / n)) / (1 - exp(2 * null / n))
fit <- function(formula, data, is_binary) {
  if (is_binary) return(glm(formula, binomial, data, control = list(epsilon = 1e-14, maxit = 100)))
  # polr stops early by its own measure: a tight one, from the values that a first pass found
  first <- polr(formula, data)
  polr(formula, data, start = c(coef(first), first$zeta), Hess = TRUE, control = list(reltol = 1e-15, maxit = 2000))
}
judge <- function(item, groups) {
  kept <- focal %in% groups
  data <- data.frame(x = (total - mean(total)) / sd(total), g = factor(focal), y = answers[, item])[kept, ]
  data$g <- droplevels(data$g)
  is_binary <- max(data$y) == 1
  if (!is_binary) data$y <- factor(data$y)
  models <- lapply(list(y ~ x, y ~ x + g, y ~ x * g), fit, data, is_binary)
  ll <- sapply(models, function(model) as.numeric(logLik(model)))
  shares <- prop.table(table(data$y))
  null <- sum(table(data$y) * log(shares))
  df <- length(groups) - 1
  r2 <- sapply(ll, nagelkerke, null, nrow(data))
  test <- function(chi2, df) sprintf('{ "chi2": %.12g, "df": %d, "p": %.12g }', chi2, df, pchisq(chi2, df, lower.tail = FALSE))
  slopes <- coef(models[[2]])[paste0("g", groups[-1])]
  # polr's own second derivatives are numerical: its errors are held to four digits
  errors <- sqrt(diag(vcov(models[[2]])))[paste0("g", groups[-1])]
  sprintf('\t\t{ "item": "%s", "groups": [%s], "n": %d, "uniform": %s, "nonuniform": %s, "both": %s, "delta_r2": %.12g, "delta_r2_uniform": %.12g, "slopes": [%s], "errors": [%s] }',
    item, paste0('"', groups, '"', collapse = ", "), nrow(data),
    test(2 * (ll[2] - ll[1]), df), test(2 * (ll[3] - ll[2]), df), test(2 * (ll[3] - ll[1]), 2 * df),
    r2[3] - r2[1], r2[2] - r2[1], paste(sprintf("%.10g", slopes), collapse = ", "), paste(sprintf("%.8g", errors), collapse = ", "))
}
lines <- c(sapply(colnames(answers), judge, c("a", "b")), sapply(colnames(answers), judge, c("a", "b", "c")))
writeLines(c('{', paste0('\t"made_by": "', R.version.string, ', MASS ', packageVersion("MASS"), '",'),
  '\t"call": "polr(y ~ x), polr(y ~ x + g), polr(y ~ x * g); glm(…, binomial) for items of 0/1; Nagelkerke by logLik",',
  '\t"items": [', paste(lines, collapse = ',\n'), '\t]', '}'), "expected.json")
