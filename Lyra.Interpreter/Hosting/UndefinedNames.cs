using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// The compile errors that depend on the engine: names that neither the script nor the engine defines, and assignments to constants.
/// </summary>
internal static class UndefinedNames
{
    /// <summary>Returns the diagnostics of a script and of its missing names, in source order.</summary>
    public static IReadOnlyList<Diagnostic> Add(LyraScript script, GrowableArray<ExternalName> missing, Func<string, bool> isGlobal)
    {
        if (missing.Count == 0)
        {
            return script.Diagnostics;
        }

        List<Diagnostic> all = [.. script.Diagnostics];
        foreach (ExternalName name in missing)
        {
            all.Add(Describe(name, script.FileName, isGlobal(name.Name)));
        }

        Diagnostic[] sorted = [.. all];
        Array.Sort(sorted, static (a, b) => a.Line != b.Line ? a.Line.CompareTo(b.Line) : a.Column.CompareTo(b.Column));
        return sorted;
    }

    private static Diagnostic Describe(in ExternalName name, string file, bool isGlobal)
    {
        (DiagnosticDescriptor descriptor, string detail) = name.IsType ? (CompilerDiagnostics.UnknownType, NameHints.ForType(name.Name))
            : isGlobal ? (CompilerDiagnostics.CannotAssign, "a constant of an earlier script")
            : LibraryNames.Instance.IsModule(name.Name) ? (CompilerDiagnostics.NeedsImport, "")
            : name.IsAssigned ? (CompilerDiagnostics.AssignUndeclared, "")
            : name.IsKey ? (CompilerDiagnostics.UndefinedName, NameHints.ForKey(name.Name))
            : (CompilerDiagnostics.UndefinedName, NameHints.ForName(name.Name, []));
        string message = string.Format(CultureInfo.InvariantCulture, descriptor.MessageFormat, name.Name, detail);
        return new Diagnostic(descriptor.Severity, descriptor.Code, message, file, name.Line, name.Column, name.Length);
    }
}
