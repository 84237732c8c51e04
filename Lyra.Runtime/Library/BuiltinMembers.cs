using System;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Library;

/// <summary>The members of builtin procs that are also the names of types: <c>map.fromKeys</c>.</summary>
internal static class BuiltinMembers
{
    private const string FromKeys = "fromKeys";

    /// <summary>The member of a builtin; null if it has none of this name.</summary>
    public static NativeProc? Find(NativeProc owner, string name)
    {
        bool isOfMap = string.Equals(name, FromKeys, StringComparison.Ordinal)
            && ReferenceEquals(owner.Intrinsic, LibraryTable.FindBuiltin("map"));
        return isOfMap ? LibraryTable.Prelude.FindProc(FromKeys)!.Proc : null;
    }
}
