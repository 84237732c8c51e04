using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>A declared enum and the module that declares it.</summary>
internal sealed class EnumInfo(EnumLayout layout, SourceModule module)
{
    public string Name => Layout.Symbol.Name;

    public EnumLayout Layout { get; } = layout;

    public SourceModule Module { get; } = module;

    /// <summary>The names of the fields of all cases.</summary>
    public IEnumerable<string> FieldNames =>
        Layout.Declaration.Cases.SelectMany(static member => member.Fields).Select(static part => part.Name);

    /// <summary>The method of a name; null if there is none.</summary>
    public ProcNode? FindMethod(string name) => Find(name) is { } proc && StructInfo.IsMethod(proc) ? proc : null;

    /// <summary>The proc of a name, with or without <c>self</c>; null if there is none.</summary>
    public ProcNode? Find(string name) => Layout.Methods.FirstOrDefault(proc => proc.Name == name);
}
