using System;
using System.Linq;

namespace Lyra.Bench.Suite.Micro;

/// <summary>All measured operations.</summary>
internal static class MicroGroups
{
    public static readonly MicroGroup[] All =
        [.. RuntimeGroups.All, .. DataGroups.All, .. CallGroups.All, .. LanguageGroups.All, .. TaskGroups.All];

    public static MicroGroup? Find(string name) => Array.Find(All, group => group.Name == name);

    /// <summary>A variant by the name that <see cref="NameOf"/> gives it.</summary>
    public static MicroVariant Variant(string name) => All
        .SelectMany(group => group.Variants.Where(variant => NameOf(group, variant) == name))
        .Single();

    public static string NameOf(MicroGroup group, MicroVariant variant) => $"{group.Name}: {variant.Operation}, {variant.Way}";
}
