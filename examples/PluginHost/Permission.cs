namespace PluginHost;

/// <summary>Something that a plugin can't do unless it is granted.</summary>
internal enum Permission
{
    /// <summary>The function <c>send(text)</c>.</summary>
    Send,

    /// <summary>The object <c>store</c>, in which the plugin keeps strs while the host runs, also when it is reloaded.</summary>
    Store,

    /// <summary>Reading the time, by <c>clock()</c> and the module <c>time</c>.</summary>
    Clock,

    /// <summary>Reading the files of its own folder, by the module <c>io</c>.</summary>
    ReadOwnFiles,
}
