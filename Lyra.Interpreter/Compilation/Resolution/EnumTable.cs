using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Declares enums. The values of each case with fields are instances of a struct of its own; those of all other cases are of a struct
/// whose fields are the position and the name. Variables that the module's code alone knows hold these structs and values.
/// </summary>
internal sealed class EnumTable(SymbolTable symbols, ResolvedModule module, DiagnosticBag diagnostics)
{
    /// <summary>What the value of a case shows as the position of the case.</summary>
    public const string Ordinal = "ordinal";

    /// <summary>What the value of a case shows as the name of the case.</summary>
    public const string Name = "name";

    /// <summary>Declares an enum. Its fields' types, defaults and methods are resolved at its own position.</summary>
    public void LayOut(EnumDeclaration declaration, Symbol symbol)
    {
        EnumLayout layout = new(symbol, declaration);
        symbol.Enum = layout;
        module.Enums.Add(layout);
        foreach (EnumCase member in declaration.Cases)
        {
            Symbol declared = member.Fields.IsEmpty ? NewPlainCase(layout, member) : NewCase(layout, member);
            module.Symbols[member] = declared;
            if (!layout.TryAdd(declared))
            {
                diagnostics.Report(CompilerDiagnostics.DuplicateName, member.NameSpan, member.Name);
            }
        }

        if (declaration.Cases.Any(static member => member.Fields.IsEmpty))
        {
            layout.Plain = LayOutPlain(layout);
        }
    }

    /// <summary>The name of the field that holds the position in the values of cases without fields.</summary>
    public static string OrdinalField(EnumLayout layout) => FieldUnlessDeclared(layout, Ordinal);

    /// <summary>A method of the enum hides a property of its name: the field then has a name that no code can write.</summary>
    private static string FieldUnlessDeclared(EnumLayout layout, string name) => layout.DeclaresMethod(name) ? " " + name : name;

    private Symbol NewPlainCase(EnumLayout layout, EnumCase member)
    {
        Symbol symbol = symbols.NewHiddenVariable(member.Name, member.NameSpan, SymbolKind.Case, ModuleVariableKind.Case);
        symbol.Enum = layout;
        symbol.Type = layout.Type;
        return symbol;
    }

    private Symbol NewCase(EnumLayout layout, EnumCase member)
    {
        foreach (FieldDeclaration field in member.Fields)
        {
            if (field.Name == "case")
            {
                diagnostics.Report(CompilerDiagnostics.FieldNamedCase, field.NameSpan);
            }
        }

        Symbol symbol = symbols.NewHiddenVariable(member.Name, member.NameSpan, SymbolKind.Case, ModuleVariableKind.InnerStruct);
        string name = $"{layout.Symbol.Name}.{member.Name}";
        ImmutableArray<ProcNode> methods = CaseMethods.Of(member, layout);
        StructDeclaration declaration = new(member.Span, name, member.NameSpan, member.Fields, methods, isPublic: false);
        symbols.Add(new StructLayout(symbol, declaration, symbols.NewConstructor(name))
        {
            Enum = layout,
            Ordinal = layout.Cases.Count,
        });
        return symbol;
    }

    private StructLayout LayOutPlain(EnumLayout layout)
    {
        SourceSpan span = layout.Declaration.NameSpan;
        ImmutableArray<FieldDeclaration> fields =
        [
            new(span, OrdinalField(layout), span, null, null),
            new(span, FieldUnlessDeclared(layout, Name), span, null, null),
        ];
        string name = layout.Symbol.Name;
        Symbol symbol = symbols.NewHiddenVariable(name, span, SymbolKind.Case, ModuleVariableKind.InnerStruct);
        StructLayout plain = new(symbol, new StructDeclaration(span, name, span, fields, [], isPublic: false), symbols.NewConstructor(name))
        {
            Enum = layout,
        };
        symbols.Add(plain);
        return plain;
    }
}
