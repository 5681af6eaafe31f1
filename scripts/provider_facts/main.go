// Prints what the schema of a provider says beyond `terraform providers schema`, as JSON:
// {TYPE: {PATH: facts}}, with the resource types as arguments. `from_source.py` puts it into a folder
// of the provider's source tree, with a second file in which function provider returns the provider.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

type facts map[string]any

func main() {
	resources := provider().ResourcesMap
	found := map[string]map[string]facts{}
	for _, name := range os.Args[1:] {
		resource := resources[name]
		if resource == nil {
			fmt.Fprintln(os.Stderr, "not written with SDK version 2:", name)
			continue
		}
		found[name] = map[string]facts{}
		collect(found[name], "", resource.SchemaMap(), resource.Data(nil))
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(found); err != nil {
		panic(err)
	}
}

func collect(found map[string]facts, prefix string, attributes map[string]*schema.Schema, data *schema.ResourceData) {
	for name, attribute := range attributes {
		if said := factsOf(name, attribute, data); len(said) > 0 {
			found[prefix+name] = said
		}
		if nested, ok := attribute.Elem.(*schema.Resource); ok {
			collect(found, prefix+name+".", nested.SchemaMap(), data)
		}
	}
}

func factsOf(name string, attribute *schema.Schema, data *schema.ResourceData) facts {
	said := facts{}
	switches := map[string]bool{
		"force_new":         attribute.ForceNew,
		"optional_computed": attribute.Optional && attribute.Computed,
		"removal_ignored":   removalIgnored(name, attribute, data),
	}
	for key, on := range switches {
		if on {
			said[key] = true
		}
	}
	paths := map[string][]string{
		"at_least_one_of": attribute.AtLeastOneOf,
		"conflicts_with":  attribute.ConflictsWith,
		"exactly_one_of":  attribute.ExactlyOneOf,
		"required_with":   attribute.RequiredWith,
	}
	for key, others := range paths {
		if len(others) > 0 {
			sorted := append([]string{}, others...)
			sort.Strings(sorted)
			said[key] = sorted
		}
	}
	if value, err := attribute.DefaultValue(); err == nil && value != nil {
		said["default"] = value
	}
	if attribute.MaxItems > 0 {
		said["max_items"] = attribute.MaxItems
	}
	if attribute.MinItems > 0 {
		said["min_items"] = attribute.MinItems
	}
	return said
}

// Whether the provider keeps quiet when the configuration takes this away and the API still has it.
func removalIgnored(name string, attribute *schema.Schema, data *schema.ResourceData) (ignored bool) {
	if attribute.DiffSuppressFunc == nil {
		return false
	}
	defer func() {
		if recover() != nil { // it looks at more than the two values
			ignored = false
		}
	}()
	before, after := "something", ""
	switch attribute.Type {
	case schema.TypeBool:
		before, after = "true", "false"
	case schema.TypeInt, schema.TypeFloat:
		before, after = "7", "0"
	case schema.TypeList, schema.TypeSet:
		name, before, after = name+".#", "1", "0"
	case schema.TypeMap:
		name, before, after = name+".%", "1", "0"
	}
	return attribute.DiffSuppressFunc(name, before, after, data)
}
