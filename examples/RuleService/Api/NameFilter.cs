using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RuleService.Model;

namespace RuleService.Api;

/// <summary>Refuses names that are not valid, before any handler uses them for a file or a queue.</summary>
internal sealed class NameFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (string parameter in (string[])["tenant", "script"])
        {
            if (context.HttpContext.GetRouteValue(parameter) is string name && !Names.IsValid(name))
            {
                return ValueTask.FromResult<object?>(ApiErrors.BadRequest($"{name} is no name of a {parameter}: {Names.Rule}."));
            }
        }

        return next(context);
    }
}
