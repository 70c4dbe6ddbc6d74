# Rscript make_binomial.R [measured]: logistic mixed models by lme4, polished to its optimum.
suppressMessages({library(lme4); library(jsonlite)})
text <- c(authority = "character", school = "character", class = "character",
  drawn = "character", edu = "character")
pupils <- read.csv("binomial_pupils.csv", colClasses = text)
counts <- read.csv("binomial_counts.csv", colClasses = c(area = "character",
  unit = "character", kind = "character"))
tight <- glmerControl(optimizer = "bobyqa", calc.derivs = FALSE, tolPwrss = 1e-13,
  optCtrl = list(rhobeg = 1e-2, rhoend = 1e-9, maxfun = 1e5))
models <- list(
  three = list(passed ~ prior + girl + edu + (1 | authority) + (1 | authority:school) +
    (1 | authority:school:class), pupils, 1),
  slope = list(passed ~ prior + girl + (1 | authority) + (1 + prior | authority:school), pupils, 1),
  uncorrelated = list(passed ~ prior + girl + (1 + prior || authority:school), pupils, 1),
  product = list(passed ~ prior * edu + girl + (1 | authority:school), pupils, 1),
  singular = list(passed ~ prior + girl + (1 | drawn), pupils, 1),
  counts = list(cbind(passed, pupils - passed) ~ year + kind + (1 | area) + (1 | area:unit), counts, 1),
  agq9 = list(passed ~ prior + girl + (1 | authority:school), pupils, 9),
  agq25 = list(passed ~ prior + girl + (1 | authority:school), pupils, 25),
  few_laplace = list(passed ~ prior + (1 | authority:school:class), subset(pupils, school == "S1"), 1),
  few_agq25 = list(passed ~ prior + (1 | authority:school:class), subset(pupils, school == "S1"), 25))
# Newton steps on lme4's deviance over (theta, beta), with differences in about standard errors.
polished <- function(model, data, nagq) {
  m <- glmer(model, data, binomial, control = tight, nAGQ = nagq)
  deviance <- update(m, devFunOnly = TRUE)
  theta <- getME(m, "theta"); p <- length(fixef(m)); k <- length(theta)
  x <- c(theta, fixef(m)); free <- c(abs(theta) > 1e-4, rep(TRUE, p)); x[!free] <- 0
  step <- c(rep(1e-3, k), 0.02 * sqrt(diag(as.matrix(vcov(m, use.hessian = FALSE)))))
  at <- function(y) { z <- x; z[free] <- y; deviance(z) }
  for (i in 1:5) {
    y <- x[free]; e <- diag(step[free]); n <- length(y); s <- step[free]
    g <- sapply(1:n, function(j) (8 * at(y + e[, j]) - 8 * at(y - e[, j]) - at(y + 2 * e[, j]) +
      at(y - 2 * e[, j])) / (12 * s[j]))
    h <- outer(1:n, 1:n, Vectorize(function(a, b) (at(y + e[, a] + e[, b]) - at(y + e[, a] - e[, b]) -
      at(y - e[, a] + e[, b]) + at(y - e[, a] - e[, b])) / (4 * s[a] * s[b])))
    x[free] <- y - solve(h, g) }
  value <- deviance(x)
  v <- 2 * solve(h); last <- (n - p + 1):n
  parts <- glFormula(model, data, binomial)
  m <- mkMerMod(environment(deviance), list(par = x, fval = value, conv = 0, message = ""),
    parts$reTrms, fr = parts$fr)
  list(m = m, se = setNames(sqrt(diag(v)[last]), names(fixef(m)))) }
tell <- function(models, file) {
  said <- list(data = "made up by make_binomial_pupils.py, seed 20261125",
    made_by = paste(R.version.string, "lme4", packageVersion("lme4")))
  for (name in names(models)) {
  model <- models[[name]]; found <- polished(model[[1]], model[[2]], model[[3]]); m <- found$m
  effects <- ranef(m, condVar = TRUE)
  pick <- function(g) { e <- effects[[g]]; v <- attr(e, "postVar"); if (is.list(v)) v <- NULL
    list(unit = head(rownames(e), 5), effect = as.matrix(head(e, 5)),
         se = if (is.null(v)) NULL else t(sapply(1:5, function(i) sqrt(diag(as.matrix(v[, , i])))))) }
  said$models[[name]] <- list(formula = deparse1(model[[1]]), points = model[[3]],
    minus2loglik = as.numeric(-2 * logLik(m)), fixed = as.list(fixef(m)),
    standard_error = as.list(found$se),
    variances = lapply(VarCorr(m), function(v) matrix(as.numeric(v), nrow(v))),
    effects = sapply(names(effects), pick, simplify = FALSE)) }
  write(toJSON(said, digits = 17, auto_unbox = TRUE, pretty = FALSE), file) }
if (!"measured" %in% commandArgs(TRUE)) tell(models, "binomial.json")
# Numbers of which no two rows' are alike; income in units that glmer can work with.
measured <- read.csv("binomial_measured.csv", colClasses = c(area = "character",
  school = "character"))
measured$income <- measured$income / 1e5
tell(list(
  measured = list(passed ~ prior + hours + income + girl + (1 | area) + (1 | area:school), measured, 1),
  measured_slope = list(passed ~ prior + hours + income + (1 + prior | area:school), measured, 1),
  measured_agq9 = list(passed ~ prior + hours + income + (1 | area:school), measured, 9)),
  "binomial_measured.json")
