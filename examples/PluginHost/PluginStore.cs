using System;
using System.Collections.Generic;
using Lyra;

namespace PluginHost;

/// <summary>The texts that a plugin keeps. It survives a reload of the plugin.</summary>
[LyraType("Store")]
public sealed partial class PluginStore
{
    private const int MostEntries = 100;
    private const int LongestText = 10_000;

    private readonly Dictionary<string, string> _texts = [];

    [LyraMember]
    public string? Get(string key) => _texts.GetValueOrDefault(key);

    [LyraMember]
    public void Put(string key, string text)
    {
        if (text.Length > LongestText || (_texts.Count >= MostEntries && !_texts.ContainsKey(key)))
        {
            throw new InvalidOperationException($"a plugin keeps at most {MostEntries} texts of {LongestText} characters");
        }

        _texts[key] = text;
    }
}
