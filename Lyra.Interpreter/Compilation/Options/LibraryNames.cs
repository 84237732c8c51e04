using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Library.Operations;

namespace Lyra.Interpreter.Compilation.Options;

/// <summary>The names of the library, for the compiler.</summary>
internal sealed class LibraryNames : IBuiltinNames
{
    public static readonly LibraryNames Instance = new();

    private LibraryNames()
    {
    }

    public bool IsBuiltin(string name) => LibraryTable.FindBuiltin(name) is not null;

    public bool IsModule(string name) => LibraryTable.TryFindModule(name, out _);

    public bool IsModuleMember(string module, string member) =>
        LibraryTable.TryFindModule(module, out LibraryModule? found) && found.TryFindMember(member, out _);

    public Intrinsic? FindProc(string qualifiedName) => LibraryTable.FindQualified(qualifiedName);

    public bool IsMethod(ValueKind kind, string name) => LibraryTable.FindMethod(kind, name) is not null
        && !(kind == ValueKind.Task && IsIn(Members.OfTask, name))
        && !(kind == ValueKind.Error && IsIn(Members.OfError, name));

    public bool ClosesReceiver(string method) => LibraryTable.IsIteratorMethod(method)
        || LibraryTable.FindBuiltin(method)?.Has(IntrinsicTraits.ClosesGiven) == true;

    public bool ClosesArguments(string callee)
    {
        Intrinsic? row = callee.Contains('.', StringComparison.Ordinal)
            ? LibraryTable.FindQualified(callee)
            : LibraryTable.IsIteratorMethod(callee) ? LibraryTable.FindOwnMethod(ValueKind.Iterator, callee)
            : null;
        return row?.Has(IntrinsicTraits.ClosesGiven) == true;
    }

    public bool IsMethodOfAny(string name)
    {
        if (IsIn(Members.OfTask, name) || IsIn(Members.OfError, name))
        {
            return false;
        }

        foreach (ValueKind kind in LibraryTable.KindsWithMethods)
        {
            if (LibraryTable.FindMethod(kind, name) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(string[] names, string name) => Array.IndexOf(names, name) >= 0;
}
