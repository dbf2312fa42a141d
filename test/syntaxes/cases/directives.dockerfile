# SYNTAX TEST "source.dockerfile" "parser directives at the top, pragmas anywhere"
# syntax=docker/dockerfile:1
# <- punctuation.definition.comment.dockerfile
# ^^^^^^ comment.line.number-sign.dockerfile meta.directive.dockerfile keyword.control.directive.dockerfile
#       ^ keyword.operator.assignment.dockerfile
#        ^^^^^^^^^^^^^^^^^^^ string.unquoted.directive.dockerfile
# check=skip=JSONArgsRecommended
# ^^^^^ keyword.control.directive.dockerfile
# ballast global ignore=root-user,floating-tag it is a toolbox
# ^^^^^^^ comment.line.number-sign.dockerfile meta.pragma.dockerfile keyword.control.pragma.dockerfile
#         ^^^^^^ storage.modifier.pragma.dockerfile
#                ^^^^^^ keyword.control.pragma.dockerfile
#                       ^^^^^^^^^ constant.other.rule.dockerfile
#                                ^ - constant.other.rule.dockerfile
#                                 ^^^^^^^^^^^^ constant.other.rule.dockerfile
#                                              ^^^^^^^^^^^^ comment.line.number-sign.dockerfile - constant.other.rule.dockerfile
FROM debian:trixie
# syntax=of a comment further down
# ^^^^^^ comment.line.number-sign.dockerfile - keyword.control.directive.dockerfile
# ballast ignore=apt-lists-kept
# ^^^^^^^ keyword.control.pragma.dockerfile
#                ^^^^^^^^^^^^^^ constant.other.rule.dockerfile
# ballasted is a word like others
# ^^^^^^^^^ comment.line.number-sign.dockerfile - keyword.control.pragma.dockerfile
