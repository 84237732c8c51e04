
namespace Lyra.Interpreter.Diagnostics;

/// <summary>
/// The diagnostics of the compiler. The meaning of a code never changes; new codes are added at the end of their group: names 10xx, calls
/// 12xx, types 13xx, constants 14xx, patterns 15xx, sizes 16xx.
/// </summary>
internal static class CompilerDiagnostics
{
    public static readonly DiagnosticDescriptor UndefinedName =
        Error("LY1001", "Undefined name `{0}`; {1}.");

    public static readonly DiagnosticDescriptor NeedsImport =
        Error("LY1002", "The module `{0}` is not imported; add `import {0}` at the top of the file.");

    public static readonly DiagnosticDescriptor DuplicateName =
        Error("LY1003", "`{0}` is already declared in this scope; choose another name.");

    public static readonly DiagnosticDescriptor CannotAssign =
        Error("LY1004", "`{0}` is {1} and can't be assigned; declare a `var` instead.");

    public static readonly DiagnosticDescriptor AssignUndeclared =
        Error("LY1005", "Assignment to the undeclared name `{0}`; declare it with `var`.");

    public static readonly DiagnosticDescriptor UsedTooEarly =
        Error("LY1006", "`{0}` is used before its declaration; move the declaration up.");

    public static readonly DiagnosticDescriptor LocalInStruct =
        Error(
            "LY1007",
            "A struct's procs and defaults can't use the local variable `{0}` of the code around the struct; "
            + "pass it as an argument or move it to the top level.");

    public static readonly DiagnosticDescriptor UnknownType =
        Error("LY1008", "Unknown type `{0}`; {1}.");

    public static readonly DiagnosticDescriptor AliasAsValue =
        Error("LY1009", "`{0}` is a name for a type and no value; it stands in annotations and patterns.");

    public static readonly DiagnosticDescriptor CircularType =
        Error("LY1010", "The type `{0}` is made of itself; let it refer to itself only inside a list, map or set, such as `[{0}]`.");

    public static readonly DiagnosticDescriptor TooFewArguments =
        Error("LY1201", "`{0}` is missing the argument `{1}`.");

    public static readonly DiagnosticDescriptor TooManyArguments =
        Error("LY1202", "`{0}` takes {1}, but {2} were given.");

    public static readonly DiagnosticDescriptor UnknownArgument =
        Error("LY1203", "`{0}` has no parameter `{1}`.");

    public static readonly DiagnosticDescriptor DuplicateArgument =
        Error("LY1204", "The argument `{1}` of `{0}` is given twice.");

    public static readonly DiagnosticDescriptor UnknownField =
        Error("LY1205", "Struct `{0}` has no field `{1}`.");

    public static readonly DiagnosticDescriptor NotAStruct =
        Error("LY1206", "`{0}` is not a struct; only a struct's name can precede `{{ field: value }}`.");

    public static readonly DiagnosticDescriptor UncalledMethod =
        Error("LY1207", "`{0}` is a method of {1} and is not called here, so the result never depends on the value; write `{0}()`.");

    public static readonly DiagnosticDescriptor UncalledName =
        Warning("LY1208", "`{0}` is a method of built-in types and is not called here; write `{0}()`.");

    public static readonly DiagnosticDescriptor UnknownMember =
        Warning("LY1209", "The module `{0}` has no member `{1}`; check the spelling.");

    public static readonly DiagnosticDescriptor LibraryCall =
        Warning("LY1210", "This call fails: {0}; write `{1}`.");

    public static readonly DiagnosticDescriptor IndexAndPair =
        Warning("LY1211", "`{0}` is the index here and `{1}` the whole tuple; write `for ({0}, {1}) in` to take the tuple apart.");

    public static readonly DiagnosticDescriptor TypeMismatch =
        Error("LY1301", "Type mismatch: {0} takes {1}, but the value is of type {2}.");

    public static readonly DiagnosticDescriptor MissingInitializer =
        Error("LY1302", "Variable `{0}` of the type {1} needs an initial value; give one or make the type {2}.");

    public static readonly DiagnosticDescriptor MissingResult =
        Error("LY1303", "`{0}` ends without a result of type {1}; return a value at its end.");

    public static readonly DiagnosticDescriptor NotConstant =
        Error("LY1401", "The value of const `{0}` is not a constant expression; use `let` for a value computed at run time.");

    public static readonly DiagnosticDescriptor ConstantFails =
        Error("LY1402", "The value of const `{0}` can't be computed: {1}.");

    public static readonly DiagnosticDescriptor ShadowsConstant =
        Warning("LY1501", "The pattern `{0}` binds a new name and does not compare with the const `{0}`; use a guard to compare.");

    public static readonly DiagnosticDescriptor AlternativeNames =
        Error("LY1502", "The alternatives of a pattern must bind the same names; `{0}` is not bound by all.");

    public static readonly DiagnosticDescriptor DuplicateBinding =
        Error("LY1503", "The pattern binds `{0}` twice.");

    public static readonly DiagnosticDescriptor DuplicateKey =
        Error("LY1504", "The pattern names the key {0} twice.");

    public static readonly DiagnosticDescriptor ProcTooLarge =
        Error("LY1601", "`{0}` needs more than {1} {2}; split it into smaller procs.");

    public static readonly DiagnosticDescriptor SourceTooLarge =
        Error("LY1602", "The source needs more than {0}; split it into modules.");

    public static readonly DiagnosticDescriptor TypeTooLarge =
        Error("LY1603", "The type has more than {0} parts, with those of the types that it names; write `any` for some of them.");

    public static readonly DiagnosticDescriptor UnknownCase =
        Error("LY1701", "The enum {0} has no case `{1}`{2}.");

    public static readonly DiagnosticDescriptor UnknownCaseField =
        Error("LY1702", "The case {0} has no field `{1}`{2}.");

    public static readonly DiagnosticDescriptor CaseFieldCount =
        Error("LY1703", "The case {0} has {1}, but the pattern has {2}; name all of them, or put `...` at the end.");

    public static readonly DiagnosticDescriptor MissingCases =
        Error("LY1704", "The match leaves out {0}; add an arm for each, or `_` for all others.");

    public static readonly DiagnosticDescriptor CalledCase =
        Error("LY1705", "A case without fields is a value and takes no arguments; write `{0}`.");

    public static readonly DiagnosticDescriptor CaseInBraces =
        Error("LY1706", "Braces after a case make no value, they are for patterns; write `{0}`.");

    public static readonly DiagnosticDescriptor CasesWithFields =
        Error("LY1707", "`{0}` has cases with fields, so there is no list of its values; `{0}.names` lists the names of the cases.");

    public static readonly DiagnosticDescriptor AssignedCase =
        Error("LY1708", "`{0}` of a {1} can't be assigned: a value of an enum never changes; make another one.");

    public static readonly DiagnosticDescriptor FieldNamedCase =
        Error("LY1709", "A field can't have the name `case`, by which JSON names the case; choose another one.");

    public static readonly DiagnosticDescriptor AmbiguousCase =
        Error("LY1710", "`{0}` is a case of {1} here, and also the name of something else; write `{1}.{0}`, or rename the other.");

    public static readonly DiagnosticDescriptor NotACase =
        Error("LY1711", "`{0}` is not a case of an enum.");

    public static readonly DiagnosticDescriptor RepeatedCaseField =
        Error("LY1712", "The pattern names the field `{0}` twice.");

    public static readonly DiagnosticDescriptor UnknownUse =
        Error("LY1801", "`{0}` is not a struct that can be used here; declare it in this module, or import a `pub` struct.");

    public static readonly DiagnosticDescriptor CircularUse =
        Error("LY1802", "The struct `{0}` would use itself; take one of the `use` lines out.");

    public static readonly DiagnosticDescriptor ConflictingUse =
        Error("LY1803", "`{0}` and `{1}` both have `{2}`; declare a member of this name, which comes before both.");

    public static readonly DiagnosticDescriptor OtherAnnotation =
        Error("LY1804", "The field `{0}` takes the place of one of {1} and must have its annotation, {2}.");

    public static readonly DiagnosticDescriptor UseTooDeep =
        Error("LY1805", "More than {0} structs use one another in a row; take members over from fewer of them.");

    public static readonly DiagnosticDescriptor ComputedDefault =
        Error("LY1806", "The field `{0}` takes the place of one of another module, so its default must be a literal.");

    private static DiagnosticDescriptor Error(string code, string message) => new(code, DiagnosticSeverity.Error, message);

    private static DiagnosticDescriptor Warning(string code, string message) => new(code, DiagnosticSeverity.Warning, message);
}
