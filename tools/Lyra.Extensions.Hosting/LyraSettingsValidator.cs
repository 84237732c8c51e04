using System.Linq;
using Microsoft.Extensions.Options;

namespace Lyra.Extensions.Hosting;

/// <summary>Refuses settings that no engine accepts, when the application starts.</summary>
internal sealed class LyraSettingsValidator : IValidateOptions<LyraSettings>
{
    public ValidateOptionsResult Validate(string? name, LyraSettings options)
    {
        string[] faults = [.. options.Faults().Select(static fault => "Lyra: " + fault)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
