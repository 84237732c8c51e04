using System.Collections.Generic;
using System.Linq;
using Lyra.Generate.Sources;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Files;

/// <summary>The table of the methods that emitted code calls, from their marks: reading attributes takes longer than compiling.</summary>
internal static class RegionHelpers
{
    private const string Folder = "Lyra.Jit/Helpers";
    private const string Mark = "RegionHelper";

    public static string Text(SourceRepository repository)
    {
        Helper[] helpers = [.. repository.SourceFiles(Folder).SelectMany(file => Read(repository.Read(file)))];
        CodeWriter code = new(Folder);
        code.Lines(["using Lyra.Jit.Ir;", "using Lyra.Runtime.Objects;", "using static Lyra.Jit.Helpers.HelperEffects;", ""]);
        code.Lines(["namespace Lyra.Jit.Helpers;", ""]);
        code.Line("/// <summary>THE table of C# methods that emitted code calls, one row each. Names are unique.</summary>");
        code.Open("internal static class RegionHelpers");
        foreach (Helper helper in helpers)
        {
            code.Line($"/// <inheritdoc cref=\"{helper.Class}.{helper.Name}\"/>");
            code.Line($"public static readonly RegionHelper {helper.Name} =");
            code.Line($"    new(nameof({helper.Class}.{helper.Name}), typeof({helper.Class}), {helper.Columns};");
            code.Line();
        }

        code.Line("/// <summary>All rows.</summary>");
        code.Line("public static RegionHelper[] All =>");
        code.Line("[");
        code.Lines(helpers.Select(helper => $"    {helper.Name},"));
        code.Line("];");
        code.Close();
        return code.ToString();
    }

    private static IEnumerable<Helper> Read(string source) =>
        from method in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
        from list in method.AttributeLists
        from mark in list.Attributes
        where mark.Name.ToString() == Mark
        select new Helper(((ClassDeclarationSyntax)method.Parent!).Identifier.Text, method.Identifier.Text, Columns(mark));

    /// <summary>The rest of the call of the constructor, and the properties.</summary>
    private static string Columns(AttributeSyntax mark)
    {
        AttributeArgumentSyntax[] arguments = [.. mark.ArgumentList!.Arguments];
        string columns = string.Join(", ", arguments.Where(a => a.NameEquals is null).Select(a => a.Expression)) + ")";
        Dictionary<string, string> named = arguments.Where(a => a.NameEquals is not null)
            .ToDictionary(a => a.NameEquals!.Name.Identifier.Text, a => a.Expression.ToString());
        string[] properties =
        [
            .. named.Where(pair => pair.Key is not ("Min" or "Max")).Select(pair => $"{pair.Key} = {pair.Value}"),
            .. named.ContainsKey("Min") || named.ContainsKey("Max")
                ? [$"Range = new({named.GetValueOrDefault("Min", "long.MinValue")}, {named.GetValueOrDefault("Max", "long.MaxValue")})"]
                : System.Array.Empty<string>(),
        ];
        return properties.Length == 0 ? columns : $"{columns}\n        {{ {string.Join(", ", properties)} }}";
    }

    /// <summary>A marked method.</summary>
    /// <param name="Class">The class that declares it.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Columns">The columns of its row, as code.</param>
    private sealed record Helper(string Class, string Name, string Columns);
}
