# Rscript make_mixed.R: mixed models of mixed_pupils.csv by lme4, polished to its optimum.
suppressMessages({library(lme4); library(jsonlite)})
pupils <- read.csv("mixed_pupils.csv", colClasses = c(authority = "character",
  school = "character", former = "character", edu = "character"))
pupils$school <- paste(pupils$authority, pupils$school)
tight <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE,
  optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-12, maxeval = 1e5))
models <- list(
  intercepts = score ~ prior + girl + edu + (1 | authority) + (1 | school),
  slope = score ~ prior + girl + edu + (1 | authority) + (1 + prior | school),
  uncorrelated = score ~ prior + girl + (1 + prior || school),
  product = score ~ prior * girl + edu + (1 | school),
  weighted = score ~ prior + girl + (1 | authority) + (1 | school),
  crossed = score ~ prior + girl + (1 | school) + (1 | former))
# lme4 stops where the deviance is flat to its tolerance; Newton steps on it go on.
polished <- function(model, reml) {
  m <- lmer(model, pupils, weights = w, REML = reml, control = tight)
  deviance <- lmer(model, pupils, weights = w, REML = reml, control = tight, devFunOnly = TRUE)
  theta <- getME(m, "theta")
  free <- abs(theta) > 1e-6; step <- 1e-4
  for (i in 1:8) {
    at <- function(x) { t <- theta; t[free] <- x; deviance(t) }
    x <- theta[free]; k <- length(x); e <- diag(step, k)
    g <- sapply(1:k, function(j) (at(x + e[, j]) - at(x - e[, j])) / (2 * step))
    h <- outer(1:k, 1:k, Vectorize(function(a, b) (at(x + e[, a] + e[, b]) - at(x + e[, a] - e[, b]) -
      at(x - e[, a] + e[, b]) + at(x - e[, a] - e[, b])) / (4 * step^2)))
    theta[free] <- x - solve(h, g) }
  parts <- lFormula(model, pupils, weights = w, REML = reml)
  opt <- list(par = theta, fval = deviance(theta), conv = 0, message = "")
  mkMerMod(environment(deviance), opt, parts$reTrms, fr = parts$fr) }
said <- list(data = "made up by make_mixed_pupils.py, seed 20261124",
  made_by = paste(R.version.string, "lme4", packageVersion("lme4")))
for (name in names(models)) for (reml in c(TRUE, FALSE)) {
  pupils$w <- if (name == "weighted") pupils$weight else rep(1, nrow(pupils))
  m <- polished(models[[name]], reml)
  vc <- VarCorr(m)
  effects <- ranef(m, condVar = TRUE)
  pick <- function(g) { e <- effects[[g]]; v <- attr(e, "postVar")
    if (is.list(v)) v <- NULL
    list(unit = head(rownames(e), 5), effect = as.matrix(head(e, 5)),
         se = if (is.null(v)) NULL else t(sapply(1:5, function(i) sqrt(diag(as.matrix(v[, , i])))))) }
  said$models[[paste0(name, if (reml) "_reml" else "_ml")]] <- list(
    formula = deparse1(models[[name]]),
    minus2loglik = as.numeric(-2 * logLik(m)), fixed = as.list(fixef(m)),
    standard_error = as.list(sqrt(diag(as.matrix(vcov(m))))), sigma2 = sigma(m)^2,
    variances = lapply(vc, function(v) matrix(as.numeric(v), nrow(v))),
    effects = sapply(names(effects), pick, simplify = FALSE))
}
write(toJSON(said, digits = 17, auto_unbox = TRUE, pretty = FALSE), "mixed.json")
