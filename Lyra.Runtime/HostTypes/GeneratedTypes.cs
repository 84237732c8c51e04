using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Hosting;

namespace Lyra.Runtime.HostTypes;

/// <summary>The members that the source generator found marked, by type.</summary>
internal static class GeneratedTypes
{
    private static readonly TypeTable<(string Name, Delegate Members)> Known = new();

    public static void Add<T>(string name, Action<LyraTypeBuilder<T>> members)
        where T : notnull => Known.Set(typeof(T), (name, members));

    /// <summary>A builder of a type with its marked members; without members if it has none.</summary>
    public static LyraTypeBuilder<T> Begin<T>()
        where T : notnull
    {
        // The generated code registers itself when its module is initialized, which happens at the first use of the module's code.
        RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        if (!Known.TryGetValue(typeof(T), out (string Name, Delegate Members) known))
        {
            return new LyraTypeBuilder<T>(MemberName.OfType(typeof(T)));
        }

        LyraTypeBuilder<T> builder = new(known.Name);
        ((Action<LyraTypeBuilder<T>>)known.Members)(builder);
        return builder;
    }
}
