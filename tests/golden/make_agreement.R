# Golden numbers of agreement, with R's package multilevel: `Rscript make_agreement.R`.
suppressMessages(library(multilevel))
num <- function(x) paste0("[", paste(ifelse(is.na(x), "nan", formatC(x, digits = 15, format = "g", width = 1)), collapse = ", "), "]")
line <- function(name, x) writeLines(paste(name, "=", if (length(x) == 1) formatC(x, digits = 15, format = "g", width = 1) else num(x)))
head_of <- function(note, model, made_by) {
  writeLines(c(paste("#", note), 'data = "made up; see make_agreement.R"', sprintf('model = "%s"', model),
               sprintf('made_by = "R %s, multilevel %s: %s"', getRversion(), packageVersion("multilevel"), made_by),
               "tolerance = 1e-10", ""))
}
set.seed(20261124)
answer <- function(size, middle) pmin(5, pmax(1, round(rnorm(size, middle, 1))))
people <- function(sizes) {
  group <- rep(seq_along(sizes), sizes)
  middle <- rnorm(length(sizes), 3.6, .7)[group]
  items <- sapply(1:4, function(item) answer(length(group), middle))
  list(group = group, items = items, mean = rowMeans(items))
}
icc <- function(values, group) {
  table <- summary(aov(values ~ factor(group)))[[1]]
  msb <- table[1, 3]; msw <- table[2, 3]; size <- table(group); n <- sum(size); k <- length(size)
  n0 <- (n - sum(size^2) / n) / (k - 1); one <- (msb - msw) / (msb + (n0 - 1) * msw)
  line("between", msb); line("within", msw); line("group_size", n0); line("single", one)
  line("mean", max(0, (msb - msw) / msb))
  line("standard_error", (1 - one) * (1 + (n0 - 1) * one) * sqrt(2 / (n0 * (n0 - 1) * (k - 1))))
}

sink("agreement_within.toml")
head_of("Twelve groups of two to nine, four items of five answers.", "r_WG(J) and r_WG of the first item",
        "rwg.j and rwg, ranvar 2 and 1.34; what is below 0 set to 0")
one <- people(c(5, 7, 6, 9, 5, 8, 6, 5, 7, 9, 4, 2))
line("group", one$group)
for (item in 1:4) line(paste0("item", item), one$items[, item])
for (null in c(2, 1.34)) {
  name <- if (null == 2) "uniform" else "slight_skew"
  line(paste0("agreement_", name), pmax(0, rwg.j(as.data.frame(one$items), one$group, ranvar = null)$rwg.j))
  line(paste0("agreement_of_one_", name), pmax(0, rwg(one$items[, 1], one$group, ranvar = null)$rwg))
}
sink()

sink("agreement_between_equal.toml")
head_of("Ten groups of six.", "one-way random effects", "ICC1 and ICC2 of aov; the standard error written out")
two <- people(rep(6, 10))
line("group", two$group); line("value", two$mean)
fit <- aov(two$mean ~ factor(two$group))
line("icc1", ICC1(fit)); line("icc2", ICC2(fit)); icc(two$mean, two$group)
sink()

sink("agreement_between_unequal.toml")
head_of("Twelve groups of two to nine.", "one-way random effects, n0 for unequal groups",
        "mean squares of aov; the formulas written out")
line("group", one$group); line("value", one$mean); icc(one$mean, one$group)
sink()

sink("agreement_mean.toml")
head_of("Eleven answers on five steps.", "Student's t interval", "t.test")
value <- c(4, 5, 3, 4, 4, 2, 5, 4, 3, 4, 1)
line("value", value)
for (level in c(.5, .95, .998)) {
  test <- t.test(value, conf.level = level)
  writeLines(c("", sprintf("[level.%s]", sub("0\\.", "p", level))))
  line("level", level); line("low", test$conf.int[1]); line("high", test$conf.int[2]); line("mean", unname(test$estimate)); line("standard_error", test$stderr)
}
sink()
