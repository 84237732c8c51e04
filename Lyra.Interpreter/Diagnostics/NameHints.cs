using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library;

namespace Lyra.Interpreter.Diagnostics;

/// <summary>What a name that is not defined most likely means.</summary>
internal static class NameHints
{
    /// <summary>The name in Lyra of what other languages call by another one.</summary>
    public static string? OfOtherLanguages(string name) => name switch
    {
        "len" or "size" or "count" => "length",
        "null" or "None" or "undefined" or "NULL" or "Nil" => "nil",
        "True" or "TRUE" => "true",
        "False" or "FALSE" => "false",
        "this" or "me" => "self",
        "printf" or "println" or "puts" or "echo" => "print",
        "toString" or "String" => "tostring",
        "parseInt" or "Int" => "toint",
        "parseFloat" or "Float" => "tofloat",
        "typeof" => "type",
        "Error" or "Exception" => "error",
        "end" or "endif" or "done" or "fi" => "}",
        "lambda" => "x => …",
        _ => null,
    };

    /// <summary>The type in Lyra of what other languages call by another name.</summary>
    public static string? TypeOfOtherLanguages(string name) => name switch
    {
        "string" or "String" or "char" => "str",
        "integer" or "Int" or "long" or "short" or "Integer" or "number" => "int",
        "boolean" or "Bool" or "Boolean" => "bool",
        "double" or "Float" or "real" => "float",
        "array" or "Array" or "vec" or "List" => "list",
        "dict" or "dictionary" or "object" or "table" or "Map" => "map",
        "function" or "func" or "fn" or "Function" => "proc",
        "void" or "null" or "None" => "nil",
        _ => null,
    };

    /// <summary>The word in Lyra for one that begins a statement in other languages.</summary>
    public static string? StatementOfOtherLanguages(string word) => word switch
    {
        "class" or "interface" or "record" or "type" => "struct",
        "function" or "def" or "fn" or "func" or "fun" or "sub" => "proc",
        "elif" or "elsif" or "elseif" => "else if",
        "switch" or "case" => "match",
        "until" => "while",
        "loop" or "do" or "repeat" => "while true { … }",
        "foreach" => "for",
        "local" or "my" or "auto" => "var",
        "val" or "final" => "let",
        "raise" => "throw",
        "except" or "rescue" => "catch",
        "export" or "public" => "pub",
        "use" or "require" or "using" or "include" => "import",
        _ => null,
    };

    /// <summary>The rest of the message that a name is not defined.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">The names in scope, besides the builtins.</param>
    public static string ForName(string name, IEnumerable<string> known)
    {
        if (OfOtherLanguages(name) is { } word)
        {
            return $"Lyra calls it `{word}`";
        }

        IEnumerable<string> names = LibraryTable.AllBuiltins().Select(static row => row.Name).Concat(known);
        return NearestName.Find(name, names.Take(NearestName.MaxNames)) is { } nearest
            ? $"it may be `{nearest}`"
            : "declare it before its use or check the spelling";
    }

    /// <summary>The rest of the message that a name is not defined which is written as the key of a map.</summary>
    public static string ForKey(string name) => $"if the key is a str, write `\"{name}\"`";

    /// <summary>The rest of the message that a type is not known.</summary>
    public static string ForType(string name) => TypeOfOtherLanguages(name) is { } word
        ? $"Lyra calls it `{word}`"
        : "use a built-in type or a struct in scope";
}
