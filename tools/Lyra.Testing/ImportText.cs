using System;
using System.Linq;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Testing;

/// <summary>Imports as source text.</summary>
internal static class ImportText
{
    public static string Of(Statement import) => import switch
    {
        ImportModule module => $"import {PathText(module.Path)}{(module.Name == module.Path.LastPart ? "" : " as " + module.Name)}",
        ImportNames names => $"import {{ {string.Join(", ", names.Names.Select(NameText))} }} from {PathText(names.Path)}",
        _ => throw new ArgumentOutOfRangeException(nameof(import), import, "Every kind of import has a case."),
    };

    private static string NameText(ImportedName name) => name.Name == name.Alias ? name.Name : $"{name.Name} as {name.Alias}";

    private static string PathText(ModulePath path) => path.IsQuoted ? $"\"{EscapedText.Of(path.Text)}\"" : path.Text;
}
