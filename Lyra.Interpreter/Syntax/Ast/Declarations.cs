using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

internal enum VariableKind
{
    Var,
    Let,
    Const,
}

/// <summary>
/// <c>var x: T = v</c>. The target is a <see cref="BindingPattern"/>, a <see cref="WildcardPattern"/>, or a tuple or list pattern of these.
/// <see cref="Annotation"/> is the type of the whole value. <c>let</c>, <c>const</c> and destructuring targets always have an initializer.
/// </summary>
internal sealed class VariableDeclaration(
    SourceSpan span, VariableKind kind, Pattern target, TypeNode? annotation, Expression? initializer, bool isPublic) : Statement(span)
{
    public VariableKind Kind { get; } = kind;

    public Pattern Target { get; } = target;

    public TypeNode? Annotation { get; } = annotation;

    public Expression? Initializer { get; } = initializer;

    public bool IsPublic { get; } = isPublic;
}

/// <summary>A named proc; its <see cref="ProcNode.Name"/> is never null.</summary>
internal sealed class ProcDeclaration(SourceSpan span, ProcNode proc, bool isPublic) : Statement(span)
{
    public ProcNode Proc { get; } = proc;

    public bool IsPublic { get; } = isPublic;
}

internal sealed class StructDeclaration(
    SourceSpan span,
    string name,
    SourceSpan nameSpan,
    ImmutableArray<FieldDeclaration> fields,
    ImmutableArray<ProcNode> methods,
    bool isPublic) : Statement(span)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public ImmutableArray<FieldDeclaration> Fields { get; } = fields;

    /// <summary>
    /// The procs. Those whose first parameter is named <c>self</c> are methods; the others are called on the struct's name.
    /// </summary>
    public ImmutableArray<ProcNode> Methods { get; } = methods;

    /// <summary>The structs whose members it takes over, in source order.</summary>
    public ImmutableArray<UseClause> Uses { get; init; } = [];

    public bool IsPublic { get; } = isPublic;
}

/// <summary><c>use Named</c> in a struct. The fields stand in its place among those of the struct.</summary>
internal sealed class UseClause(SourceSpan span, NamedTypeNode type) : Node(span)
{
    public NamedTypeNode Type { get; } = type;
}

/// <summary><c>enum Shape { Circle(radius: float), Empty }</c>.</summary>
internal sealed class EnumDeclaration(
    SourceSpan span,
    string name,
    SourceSpan nameSpan,
    ImmutableArray<EnumCase> cases,
    ImmutableArray<ProcNode> methods,
    bool isPublic) : Statement(span)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    /// <summary>The cases in source order; their positions are the ordinals.</summary>
    public ImmutableArray<EnumCase> Cases { get; } = cases;

    /// <summary>The procs, as those of a <see cref="StructDeclaration"/>.</summary>
    public ImmutableArray<ProcNode> Methods { get; } = methods;

    public bool IsPublic { get; } = isPublic;
}

/// <summary><c>Empty</c> or <c>Circle(radius: float = 1.0)</c>.</summary>
internal sealed class EnumCase(SourceSpan span, string name, SourceSpan nameSpan, ImmutableArray<FieldDeclaration> fields) : Node(span)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    /// <summary>Empty for a case that is one value.</summary>
    public ImmutableArray<FieldDeclaration> Fields { get; } = fields;
}

/// <summary>A type as an argument: <c>json.parse(text, as: [Order])</c>.</summary>
internal sealed class TypeExpression(SourceSpan span, TypeNode type) : Expression(span)
{
    public TypeNode Type { get; } = type;
}

/// <summary><c>type Row = {str: any}</c>: a name for a type.</summary>
internal sealed class TypeDeclaration(SourceSpan span, string name, SourceSpan nameSpan, TypeNode type, bool isPublic) : Statement(span)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public TypeNode Type { get; } = type;

    public bool IsPublic { get; } = isPublic;
}

/// <summary><c>name: T = default</c>.</summary>
internal sealed class FieldDeclaration(
    SourceSpan span, string name, SourceSpan nameSpan, TypeNode? annotation, Expression? defaultValue) : Node(span)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public TypeNode? Annotation { get; } = annotation;

    public Expression? DefaultValue { get; } = defaultValue;
}

/// <summary><c>import math</c>, <c>import "lib/util"</c>, <c>import "lib/util" as u</c>.</summary>
internal sealed class ImportModule(SourceSpan span, ModulePath path, string name, SourceSpan nameSpan) : Statement(span)
{
    public ModulePath Path { get; } = path;

    /// <summary>The name that it binds: the alias, or else the last part of the path.</summary>
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;
}

/// <summary><c>import { a, b as c } from "lib/util"</c>.</summary>
internal sealed class ImportNames(SourceSpan span, ModulePath path, ImmutableArray<ImportedName> names) : Statement(span)
{
    public ModulePath Path { get; } = path;

    public ImmutableArray<ImportedName> Names { get; } = names;
}

/// <summary>One name of an <see cref="ImportNames"/>; <see cref="Alias"/> equals <see cref="Name"/> if none is given.</summary>
internal sealed class ImportedName(SourceSpan span, string name, string alias) : Node(span)
{
    public string Name { get; } = name;

    public string Alias { get; } = alias;
}

/// <summary>The operand of <c>import</c> or <c>from</c>: a bare name (a builtin module) or a quoted path.</summary>
internal sealed class ModulePath(SourceSpan span, string text, bool isQuoted) : Node(span)
{
    public string Text { get; } = text;

    public bool IsQuoted { get; } = isQuoted;

    /// <summary>The part after the last slash, without the extension: the name that an import without <c>as</c> binds.</summary>
    public string LastPart
    {
        get
        {
            string last = Text[(Text.LastIndexOfAny(['/', '\\']) + 1)..];
            return last.EndsWith(".lyra", StringComparison.Ordinal) ? last[..^".lyra".Length] : last;
        }
    }
}
