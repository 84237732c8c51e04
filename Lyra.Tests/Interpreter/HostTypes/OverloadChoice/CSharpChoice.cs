using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Severity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Lyra.Tests.Interpreter.HostTypes.OverloadChoice;

/// <summary>Compiles classes with overloads, and asks the compiler which one a call means.</summary>
internal sealed class CSharpChoice
{
    /// <summary>What the compiler says of a call that means no single overload.</summary>
    public const string Ambiguous = "ambiguous";

    public const string None = "none";

    private const string Types = """
        using System.Collections.Generic;
        public enum Grade { Poor, Good }
        public interface IShape { }
        public class Shape : IShape { }
        public sealed class Circle : Shape { }

        """;

    /// <summary>The variables that are arguments of calls.</summary>
    private const string Variables = "int integerint, long integerlong, float numberfloat, double numberdouble, string text, bool flag, "
        + "Grade grade, Circle circle, Shape shape, List<int> list, int[] array";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private CSharpChoice(Assembly assembly, Dictionary<string, string> chosen)
    {
        Assembly = assembly;
        Chosen = chosen;
    }

    /// <summary>The classes.</summary>
    public Assembly Assembly { get; }

    /// <summary>The number of the overload by the class and the arguments in C#.</summary>
    public Dictionary<string, string> Chosen { get; }

    public static CSharpChoice Of(OverloadGenerator.OverloadedClass[] classes)
    {
        SyntaxTree declarations = CSharpSyntaxTree.ParseText(Types + string.Concat(classes.Select(static c => c.Source)));
        SyntaxTree calls = CSharpSyntaxTree.ParseText("using System.Collections.Generic;\npublic static class Calls {\n" + string.Concat(
            from c in classes
            from n in Enumerable.Range(0, c.Calls.Length)
            select $"static string M{c.Number}_{n}(C{c.Number} o, {Variables}) => o.F({c.Calls[n].CSharp});\n") + "}");
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary);
        CSharpCompilation compilation = CSharpCompilation.Create("Overloads", [declarations], References, options);
        using MemoryStream image = new();
        compilation.Emit(image).Diagnostics.Where(static d => d.Severity == Severity.Error).ShouldBeEmpty();
        return new CSharpChoice(Assembly.Load(image.ToArray()), Choices(compilation.AddSyntaxTrees(calls), calls));
    }

    /// <summary>The key of a call in <see cref="Chosen"/>.</summary>
    public static string KeyOf(OverloadGenerator.OverloadedClass type, OverloadGenerator.Call call) => $"C{type.Number} ({call.CSharp})";

    private static Dictionary<string, string> Choices(CSharpCompilation compilation, SyntaxTree calls)
    {
        SemanticModel model = compilation.GetSemanticModel(calls);
        Dictionary<string, string> chosen = [];
        foreach (MethodDeclarationSyntax method in calls.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            InvocationExpressionSyntax call = (InvocationExpressionSyntax)method.ExpressionBody!.Expression;
            string key = $"{method.ParameterList.Parameters[0].Type} {call.ArgumentList}";
            chosen[key] = model.GetSymbolInfo(call).Symbol is { } symbol ? NumberOf(symbol)
                : model.GetDiagnostics(method.Span).Any(static d => d.Id == "CS0121") ? Ambiguous
                : None;
        }

        return chosen;
    }

    /// <summary>The number that an overload returns.</summary>
    private static string NumberOf(ISymbol method)
    {
        MethodDeclarationSyntax declaration = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax();
        return ((LiteralExpressionSyntax)declaration.ExpressionBody!.Expression).Token.ValueText;
    }
}
